"""Write build/sbom.json: what this project is built from, in CycloneDX 1.6, made from the locks.

Licences are those that installed packages declare; a package for another system only has none here. Nothing is asked
of the network, and the same lock gives the same file.
"""

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?: ; (?P<marker>[^\\]+?))?\s*\\?$")
HASH = re.compile(r"--hash=sha256:(?P<digest>[0-9a-f]{64})")


def locked(text):
    """Yield name, version, marker and digests of each package of the lock."""
    found = None
    for line in text.splitlines():
        if pin := PIN.match(line):
            if found:
                yield found
            found = {**pin.groupdict(), "digests": []}
        elif digest := HASH.search(line):
            found["digests"].append(digest["digest"])
    if found:
        yield found


def licence(name):
    """Return the licence that an installed package declares; empty where it is not installed, or declares none."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return ""
    classes = [one.split(" :: ")[-1] for one in told.get_all("Classifier") or [] if one.startswith("License ::")]
    short = (told.get("License") or "").strip().split("\n")[0]
    return told.get("License-Expression") or "; ".join(classes) or short


def component(package):
    purl = f"pkg:pypi/{package['name']}@{package['version']}"
    made = {"type": "library", "name": package["name"], "version": package["version"], "purl": purl, "bom-ref": purl}
    if package["marker"]:
        made["bom-ref"] += f"#{package['marker']}"
        made["properties"] = [{"name": "bgdata:only-where", "value": package["marker"]}]
    if name := licence(package["name"]):
        made["licenses"] = [{"license": {"name": name}}]
    hashes = [{"alg": "SHA-256", "content": digest} for digest in package["digests"]]
    made["externalReferences"] = [{"type": "distribution", "url": purl, "hashes": hashes}]
    return made


def bill(text):
    """Return the bill of materials of a lock."""
    project = {"type": "application", "name": "bgdata", "bom-ref": "bgdata", "licenses": [{"license": {"id": "MIT"}}]}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": project},
        "components": [component(package) for package in locked(text)],
    }


def main():
    made = bill("".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("requirements*.lock"))))
    target = ROOT / "build" / "sbom.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(f"{target.relative_to(ROOT)}: {len(made['components'])} packages\n")


if __name__ == "__main__":
    main()
