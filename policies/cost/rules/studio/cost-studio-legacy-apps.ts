import type { ResourceRule } from "../../../kit";
import { DOMAIN, USER_PROFILE } from "../tokens";

const LEGACY_APPS = ["kernelGatewayAppSettings", "jupyterServerAppSettings", "rSessionAppSettings"];
const CANVAS_SWITCHES = [
  "canvasAppSettings.timeSeriesForecastingSettings.status",
  "canvasAppSettings.directDeploySettings.status",
];
const RSTUDIO = "domainSettings.rStudioServerProDomainSettings";
const underOwner = (owner: string) => [...LEGACY_APPS, ...CANVAS_SWITCHES].map((path) => `${owner}.${path}`);

export const costStudioLegacyApps: ResourceRule = {
  id: "cost-studio-legacy-apps",
  title: "Studio offers neither Classic apps nor Canvas nor RStudio",
  severity: "low",
  rationale:
    "Classic apps do not stop when idle, Canvas bills a session by the hour, RStudio needs a licence and a server of its own.",
  remedy: "Remove the settings of these apps, or set the status of the Canvas features to DISABLED.",
  controls: [],
  inspects: {
    [DOMAIN]: [...underOwner("defaultUserSettings"), RSTUDIO],
    [USER_PROFILE]: underOwner("userSettings"),
  },
  check: (resource) => {
    const owner = resource.type === DOMAIN ? "defaultUserSettings" : "userSettings";
    for (const app of LEGACY_APPS) {
      const settings = resource.at(`${owner}.${app}`);
      if (settings.read() !== undefined) settings.fail("an app of Studio Classic or RStudio has settings");
    }
    for (const path of CANVAS_SWITCHES)
      resource.forbid<string>(`${owner}.${path}`, (status) => status === "ENABLED", "a Canvas feature is on");
    const server = resource.at(RSTUDIO);
    if (resource.type === DOMAIN && server.read() !== undefined)
      server.fail("the domain has an RStudio server");
  },
};
