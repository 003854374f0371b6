import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.flavours.PDFAFlavour.Specification;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorDetails;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Holds PDF files against the rules of veraPDF, and prints a line of JSON for each.
 *
 * <p>java -cp JAR Validate.java FLAVOUR FILE [FLAVOUR FILE]... where a flavour is ua1, 3a, 2b and so on. The JAR
 * carries the engine and its rule files, but not the library with which the engine reads them: so they are read here.
 */
class Validate {
    static final int CONTEXTS = 3; // of each broken rule, how many places are shown

    public static void main(String[] checks) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        var json = new ObjectMapper();
        var profiles = new HashMap<String, ValidationProfile>();
        for (int each = 0; each < checks.length; each += 2) {
            if (!profiles.containsKey(checks[each])) {
                profiles.put(checks[each], profile(checks[each]));
            }
            System.out.println(json.writeValueAsString(validated(profiles.get(checks[each]), checks[each + 1])));
        }
    }

    /** Returns what became of a file: is it compliant, and which rules are broken how often and where. */
    static Map<String, Object> validated(ValidationProfile profile, String path) throws Exception {
        var flavour = profile.getPDFAFlavour();
        try (var parser = Foundries.defaultInstance().createParser(new File(path), flavour);
                var validator = Foundries.defaultInstance().createValidator(profile, CONTEXTS, false, false, false)) {
            ValidationResult result = validator.validate(parser);
            var failed = new ArrayList<Map<String, Object>>();
            result.getFailedChecks().forEach((id, count) -> {
                var rule = new LinkedHashMap<String, Object>();
                rule.put("specification", id.getSpecification().getId());
                rule.put("clause", id.getClause());
                rule.put("test", id.getTestNumber());
                rule.put("description", profile.getRuleByRuleId(id).getDescription());
                rule.put("count", count);
                rule.put("contexts", result.getTestAssertions().stream()
                        .filter(each -> each.getRuleId().equals(id) && each.getStatus() == TestAssertion.Status.FAILED)
                        .map(each -> each.getLocation().getContext()).limit(CONTEXTS).collect(Collectors.toList()));
                failed.add(rule);
            });
            var told = new LinkedHashMap<String, Object>();
            told.put("file", path);
            told.put("flavour", flavour.getId());
            told.put("compliant", result.isCompliant());
            told.put("assertions", result.getTotalAssertions());
            told.put("failed", failed);
            return told;
        }
    }

    /** Reads the rule file of a flavour: PDFUA-1.xml of ua1, PDFA-3A.xml of 3a. */
    static ValidationProfile profile(String flavour) throws Exception {
        String name = flavour.startsWith("ua") ? "PDFUA-" + flavour.substring(2) : "PDFA-" + flavour.toUpperCase();
        try (InputStream file = Profiles.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            Document written = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file);
            Set<Rule> rules = new LinkedHashSet<>(all(written, "rule", Validate::rule));
            Set<Variable> variables = new LinkedHashSet<>(all(written, "variable", Validate::variable));
            return Profiles.profileFromValues(
                    PDFAFlavour.byFlavourId(flavour), Profiles.defaultProfile().getDetails(), "", rules, variables);
        }
    }

    static Rule rule(Element rule) {
        Element id = (Element) rule.getElementsByTagName("id").item(0);
        ErrorDetails error = Profiles.errorFromValues(text(rule, "message"), List.of());
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                        Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"),
                        Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
                rule.getAttribute("tags"),
                text(rule, "description"),
                text(rule, "test"),
                error,
                List.of());
    }

    static Variable variable(Element variable) {
        return Profiles.variableFromValues(
                variable.getAttribute("name"),
                variable.getAttribute("object"),
                text(variable, "defaultValue"),
                text(variable, "value"));
    }

    static String text(Element element, String tag) {
        return element.getElementsByTagName(tag).item(0).getTextContent();
    }

    static <T> List<T> all(Document document, String tag, Function<Element, T> read) {
        var found = document.getElementsByTagName(tag);
        var made = new ArrayList<T>();
        for (int each = 0; each < found.getLength(); each++) {
            made.add(read.apply((Element) found.item(each)));
        }
        return made;
    }
}
