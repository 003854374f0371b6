"""The headers of every answer, in one place: nothing from elsewhere, nothing kept, nothing told."""

from urllib.parse import urlsplit

from flask import Flask, Response, request

from assessment.settings import Settings
from assessment.web.incoming import at_home

SENSORS = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "fullscreen"),
    *("gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone"),
    *("midi", "payment", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)  # and whatever else of the device a page could ask for: none of ours does
STATIC = ("static", "information.colours")
ENDS = ("pages.leave", "pages.delete")  # after these a browser is to hold no page of ours, not even for “Back”


def register(app: Flask, settings: Settings) -> None:
    """Put the headers on everything the app sends."""
    leave_to = urlsplit(settings.leave_to)
    policy = "; ".join(
        [
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "img-src 'self'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
            # A browser holds the redirect after “Leave this site” against this list too.
            f"form-action 'self' {leave_to.scheme}://{leave_to.netloc}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ]
    )

    always = {
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{each}=()" for each in SENSORS),
    }

    for_everybody = {"Cache-Control": "public, max-age=3600"}
    for_one = {"Cache-Control": "no-store", "Vary": "Cookie"}

    @app.after_request
    def _headers(response: Response) -> Response:
        static = request.endpoint in STATIC and response.status_code in (200, 304)
        response.headers.update({**always, **(for_everybody if static else for_one)})
        if request.endpoint in ENDS:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'  # the cookie goes by itself, and only ours
        if not at_home():
            response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return response
