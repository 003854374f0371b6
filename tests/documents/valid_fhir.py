"""Whether resources are valid FHIR R4: their shapes by fhir.resources, their codes by the npm package “fhir”."""

import json
import subprocess
import sys
from pathlib import Path

from fhir.resources.R4B import get_fhir_model_class

NODE = Path(sys.prefix) / "node"


def wrong_with(resources):
    """Return what is wrong with resources, all in one list; a wrong shape is raised."""
    for resource in resources:
        get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    validator = subprocess.run(
        [Path(sys.executable).with_name("node"), NODE / "validate.cjs"],
        input=json.dumps(resources),
        capture_output=True,
        check=True,
        text=True,
    )
    return [message for every in json.loads(validator.stdout) for message in every]
