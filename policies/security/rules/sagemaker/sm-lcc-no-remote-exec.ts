import type { ResourceRule } from "../../../kit";

/** Downloads that run at once, and package installs that take whatever is newest today. */
const REMOTE_CODE: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: "runs a script straight from the network",
    pattern: /\b(curl|wget)\b[^\n|;&]*\|\s*(sudo\s+)?(ba|z|da)?sh\b/,
  },
  {
    what: "runs a script straight from the network",
    pattern: /\b(ba|z|da)?sh\s+(-c\s+)?["']?(<\(|\$\()\s*(curl|wget)\b/,
  },
  { what: "evaluates a download", pattern: /\beval\s+["']?\$\(\s*(curl|wget)\b/ },
  {
    what: "installs a package without a version",
    pattern:
      /\bpip3?\s+install\s+(?!-r\b|--requirement\b)(?:--?[\w-]+(?:[= ]\S+)?\s+)*[A-Za-z][\w.-]*(?:\[[\w,]+\])?(?=\s|$)/,
  },
  {
    what: "installs from a repository's moving branch",
    pattern: /\bpip3?\s+install\b[^\n]*\bgit\+https?:\/\/(?![^\n]*@[0-9a-f]{40})/,
  },
];

export const smLccNoRemoteExec: ResourceRule = {
  id: "sm-lcc-no-remote-exec",
  title: "Studio lifecycle scripts run no code from the network",
  severity: "medium",
  rationale: "Whoever controls the address or the package controls every user's session.",
  controls: [],
  inspects: { "aws:sagemaker/studioLifecycleConfig:StudioLifecycleConfig": ["studioLifecycleConfigContent"] },
  remedy: "Pin versions, or bake the tool into a custom image with a digest.",
  check: (script) => {
    const text = script.at("studioLifecycleConfigContent").read<string>();
    if (text === undefined) return;
    const content = Buffer.from(text, "base64").toString("utf8");
    for (const { what, pattern } of REMOTE_CODE) {
      if (pattern.test(content)) script.fail(`the script ${what}`, "studioLifecycleConfigContent", what);
    }
  },
};
