import type { ResourceRule, Value } from "../../../kit";

const SETTINGS = {
  "aws:sagemaker/domain:Domain": "defaultUserSettings",
  "aws:sagemaker/userProfile:UserProfile": "userSettings",
};

/** Features of Canvas that deploy models or send data to foundation models. */
const FEATURES = [
  "directDeploySettings",
  "modelRegisterSettings",
  "timeSeriesForecastingSettings",
  "workspaceSettings",
];

export const smDomainCanvasOff: ResourceRule = {
  id: "sm-domain-canvas-off",
  title: "Canvas is off",
  severity: "low",
  rationale: "Canvas deploys models and reads data past the pipelines, and bills by the session.",
  controls: [],
  inspects: Object.fromEntries(
    Object.entries(SETTINGS).map(([type, settings]) => [type, [`${settings}.canvasAppSettings`]]),
  ),
  remedy:
    "Remove canvasAppSettings or set every feature in it to DISABLED, and hide the app in studioWebPortalSettings.",
  check: (resource) => {
    const canvas = resource.at(`${SETTINGS[resource.type as keyof typeof SETTINGS]}.canvasAppSettings`);
    if (canvas.read() === undefined) return;
    for (const feature of FEATURES) checkFeature(canvas.at(feature));
    if (canvas.at("generativeAiSettings").isSet) {
      canvas.at("generativeAiSettings").fail("Canvas sends data to foundation models");
    }
  },
};

function checkFeature(feature: Value): void {
  if (feature.isSet) feature.forbid<string>("status", (v) => v === "ENABLED", "a Canvas feature is enabled");
}
