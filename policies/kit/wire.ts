import analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import type { Properties, Resource } from "./resource";
import type { Level } from "./rule";
import type { PackSettings } from "./settings";
import { canonicalType } from "./canonical-type";
import type { SecretValue } from "./secrets";
import { plain } from "./unknown";
import { messageOf } from "./sdk-policies";
import type { Verdict } from "./verdict";

const LEVELS: Record<Level, analyzer.EnforcementLevel> = {
  advisory: analyzer.EnforcementLevel.ADVISORY,
  mandatory: analyzer.EnforcementLevel.MANDATORY,
  disabled: analyzer.EnforcementLevel.DISABLED,
  remediate: analyzer.EnforcementLevel.REMEDIATE,
};

const SEVERITIES = {
  low: analyzer.PolicySeverity.POLICY_SEVERITY_LOW,
  medium: analyzer.PolicySeverity.POLICY_SEVERITY_MEDIUM,
  high: analyzer.PolicySeverity.POLICY_SEVERITY_HIGH,
  critical: analyzer.PolicySeverity.POLICY_SEVERITY_CRITICAL,
};

/** What the protocol's two kinds of resource message have in common. */
type ResourceMessage = analyzer.AnalyzeRequest | analyzer.AnalyzerResource;

interface HasProperties {
  getProperties(): { toJavaScript(): unknown } | undefined;
}

function properties(message: HasProperties): Properties {
  return openedProperties(message).properties;
}

/** Properties with their secrets opened, and what was secret. */
function openedProperties(message: HasProperties): Pick<Resource, "properties" | "secrets"> {
  const secrets: SecretValue[] = [];
  const opened = plain(message.getProperties()?.toJavaScript() ?? {}, secrets) as Properties;
  return secrets.length === 0 ? { properties: opened } : { properties: opened, secrets };
}

export function decodeResource(message: ResourceMessage): Resource {
  const options = message.getOptions();
  const provider = message.getProvider();
  return {
    urn: message.getUrn(),
    type: canonicalType(message.getType()),
    name: message.getName(),
    parent: options?.getParent() ?? "",
    ...openedProperties(message),
    options: {
      protect: options?.getProtect() ?? false,
      ignoreChanges: options?.getIgnorechangesList() ?? [],
    },
    ...(provider
      ? {
          provider: { urn: provider.getUrn(), type: provider.getType(), ...openedProperties(provider) },
        }
      : {}),
    parsed: new Map(),
  };
}

export function decodeStackResource(message: analyzer.AnalyzerResource): Resource {
  const dependencies: Record<string, readonly string[]> = {};
  message.getPropertydependenciesMap().forEach((urns, key) => {
    dependencies[key] = urns.getUrnsList();
  });
  return {
    ...decodeResource(message),
    parent: message.getParent(),
    propertyDependencies: dependencies,
  };
}

export function decodeSettings(request: analyzer.ConfigureAnalyzerRequest): PackSettings {
  const names = Object.fromEntries(Object.entries(LEVELS).map(([name, number]) => [number, name as Level]));
  const settings: Record<string, { level?: Level; options: Record<string, unknown> }> = {};
  request.getPolicyconfigMap().forEach((config, name) => {
    const level = names[config.getEnforcementlevel()];
    settings[name] = { ...(level ? { level } : {}), options: properties(config) };
  });
  return settings;
}

export function encodeVerdicts(
  verdicts: readonly Verdict[],
  pack: { readonly name: string; readonly version: string },
  levelOf: (verdict: Verdict) => Level,
): analyzer.AnalyzeResponse {
  const response = new analyzer.AnalyzeResponse();
  response.setDiagnosticsList(
    verdicts.map((verdict) => {
      const diagnostic = new analyzer.AnalyzeDiagnostic();
      diagnostic.setPolicyname(verdict.rule.id);
      diagnostic.setPolicypackname(pack.name);
      diagnostic.setPolicypackversion(pack.version);
      diagnostic.setDescription(verdict.rule.title);
      diagnostic.setMessage(messageOf(verdict));
      diagnostic.setUrn(verdict.urn);
      diagnostic.setSeverity(SEVERITIES[verdict.rule.severity]);
      diagnostic.setEnforcementlevel(LEVELS[levelOf(verdict)]);
      return diagnostic;
    }),
  );
  return response;
}

/** The values of the stack's configuration that are secret. */
export function secretConfiguration(request: analyzer.AnalyzerStackConfigureRequest): string[] {
  const keys = request.getConfigSecretKeysList();
  return keys.map((key) => request.getConfigMap().get(key)).filter((value) => value !== undefined);
}
