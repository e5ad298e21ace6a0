"""Type into a workbook in LibreOffice Calc with Vietnamese settings, as a person would; run by the Python that has `uno`.

Usage: calc.py FILE CELL=TEXT...   Each text is entered into its cell of the first sheet; then the file is saved.
`CSV` in the environment holds Calc's options for reading a .csv file, such as those of an office that reads it as English.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue

VIETNAMESE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale"><value>vi-VN</value></prop></item>
</oor:items>
"""


def prop(name, value):
    return PropertyValue(Name=name, Value=value)


def office(profile):
    """Start an office of its own and connect to it."""
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(VIETNAMESE, encoding="utf-8")
    pipe = profile.name
    process = subprocess.Popen(
        [
            "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={pipe};urp;",
        ]
    )
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for _ in range(240):
        try:
            return process, resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.5)
    process.kill()
    sys.exit("soffice does not answer")


def main(path, *entries):
    with tempfile.TemporaryDirectory() as folder:
        process, context = office(Path(folder) / "profile")
        try:
            desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            comma = (
                prop("FilterName", "Text - txt - csv (StarCalc)"),
                prop("FilterOptions", os.environ.get("CSV", "44,34,76,1")),
            ) * path.endswith(".csv")
            document = desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, (prop("Hidden", True), *comma))
            dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
            frame = document.CurrentController.Frame
            for entry in entries:
                cell, text = entry.split("=", 1)
                dispatcher.executeDispatch(frame, ".uno:GoToCell", "", 0, (prop("ToPoint", cell),))
                dispatcher.executeDispatch(frame, ".uno:EnterString", "", 0, (prop("StringName", text),))
            if path.endswith(".csv"):
                document.storeToURL(
                    Path(path).as_uri(),
                    (prop("FilterName", "Text - txt - csv (StarCalc)"), prop("FilterOptions", "59,34,76,1")),
                )
            else:
                document.storeToURL(Path(path).as_uri(), (prop("FilterName", "Calc MS Excel 2007 XML"),))
            document.close(True)
            try:
                desktop.terminate()
            except Exception:
                pass
        finally:
            process.wait(60)


if __name__ == "__main__":
    main(*sys.argv[1:])
