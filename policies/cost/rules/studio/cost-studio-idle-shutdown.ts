import type { Properties, ResourceCheck, ResourceRule } from "../../../kit";
import { DOMAIN, SPACE, USER_PROFILE } from "../tokens";

const IDLE = "appLifecycleManagement.idleSettings";
/** SageMaker takes no shorter time. */
const SHORTEST_MINUTES = 60;

/** App settings that a domain must have; profiles and spaces inherit them and may only not loosen them. */
const DOMAIN_APPS = [
  "defaultUserSettings.jupyterLabAppSettings",
  "defaultUserSettings.codeEditorAppSettings",
  "defaultSpaceSettings.jupyterLabAppSettings",
];
const PROFILE_APPS = ["userSettings.jupyterLabAppSettings", "userSettings.codeEditorAppSettings"];
const SPACE_APPS = ["spaceSettings.jupyterLabAppSettings", "spaceSettings.codeEditorAppSettings"];
const KEYS = ["lifecycleManagement", "idleTimeoutInMinutes", "maxIdleTimeoutInMinutes"];
const idlePaths = (apps: readonly string[], keys = KEYS) =>
  apps.flatMap((app) => keys.map((key) => `${app}.${IDLE}.${key}`));

export const costStudioIdleShutdown: ResourceRule = {
  id: "cost-studio-idle-shutdown",
  title: "Studio apps stop when nobody works in them",
  severity: "medium",
  rationale: "An app that was left open on a Friday is billed all weekend, and nobody sees it.",
  remedy: "Set idleSettings.lifecycleManagement to ENABLED and idleTimeoutInMinutes within the limit.",
  controls: [],
  inspects: {
    [DOMAIN]: idlePaths(DOMAIN_APPS),
    [USER_PROFILE]: idlePaths(PROFILE_APPS),
    [SPACE]: idlePaths(SPACE_APPS, ["idleTimeoutInMinutes"]),
  },
  options: {
    maximumMinutes: {
      type: "integer",
      minimum: SHORTEST_MINUTES,
      description: "Longest time without activity before an app stops.",
      default: 120,
    },
  },
  check: (resource) => {
    const limit = resource.option<number>("maximumMinutes");
    if (resource.type === DOMAIN) {
      const apps = DOMAIN_APPS.filter(
        (app) => !app.startsWith("defaultSpace") || resource.at("defaultSpaceSettings").isSet,
      );
      for (const app of apps) requireShutdown(resource, app, limit);
      return;
    }
    const apps = resource.type === SPACE ? SPACE_APPS : PROFILE_APPS;
    for (const app of apps.filter((path) => resource.at(`${path}.${IDLE}`).isSet))
      forbidLonger(resource, app, limit);
    if (resource.type === USER_PROFILE)
      for (const app of apps)
        resource.forbid<string>(
          `${app}.${IDLE}.lifecycleManagement`,
          (value) => value !== "ENABLED",
          "the profile switches the shutdown of idle apps off",
        );
  },
  remediate: (properties, { type }) => {
    if (type !== DOMAIN) return;
    for (const app of DOMAIN_APPS) {
      const [owner = "", name = ""] = app.split(".");
      const settings = properties[owner] as Properties | undefined;
      if (settings !== undefined) switchOn(settings, name);
    }
  },
};

function requireShutdown(resource: ResourceCheck, app: string, limit: number): void {
  resource.require<string>(
    `${app}.${IDLE}.lifecycleManagement`,
    (value) => value === "ENABLED",
    "idle apps are not stopped",
  );
  if (!resource.at(`${app}.${IDLE}.idleTimeoutInMinutes`).isSet)
    resource.fail(
      `there is no time after which idle apps stop (${app})`,
      `${app}.${IDLE}.idleTimeoutInMinutes`,
    );
  forbidLonger(resource, app, limit);
}

/** The user's own choice is bounded by maxIdleTimeoutInMinutes: it counts as much as the default. */
function forbidLonger(resource: ResourceCheck, app: string, limit: number): void {
  for (const key of ["idleTimeoutInMinutes", "maxIdleTimeoutInMinutes"])
    resource.forbid<number>(
      `${app}.${IDLE}.${key}`,
      (minutes) => minutes > limit,
      `idle apps run on for more than ${limit} minutes`,
    );
}

/** In place and without spreading: a copy of settings that hold an unknown value cannot be made in a preview. */
function switchOn(settings: Properties, app: string): void {
  const appSettings = (settings[app] ??= {}) as Properties;
  const lifecycle = (appSettings.appLifecycleManagement ??= {}) as Properties;
  const idle = (lifecycle.idleSettings ??= {}) as Properties;
  idle.lifecycleManagement = "ENABLED";
  idle.idleTimeoutInMinutes ??= SHORTEST_MINUTES;
}
