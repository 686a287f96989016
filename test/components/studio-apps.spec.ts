import assert from "node:assert/strict";
import {
  hiddenInstanceTypes,
  userSettings,
  validateStudioApps,
  type StudioAppArgs,
} from "../../components/studio-apps";

const args: StudioAppArgs = { instanceTypes: ["ml.t3.medium", "ml.m5.large"], idleTimeoutMinutes: 60 };

describe("userSettings", () => {
  it("stops idle apps of both kinds, after a time that users cannot change", () => {
    const { jupyterLabAppSettings, codeEditorAppSettings } = userSettings(args);

    const app = {
      appLifecycleManagement: {
        idleSettings: {
          idleTimeoutInMinutes: 60,
          lifecycleManagement: "ENABLED",
          maxIdleTimeoutInMinutes: 60,
          minIdleTimeoutInMinutes: 60,
        },
      },
      defaultResourceSpec: { instanceType: "ml.t3.medium" },
    };
    assert.deepEqual(jupyterLabAppSettings, app);
    assert.deepEqual(codeEditorAppSettings, app);
  });

  it("switches Canvas off and hides it", () => {
    const { canvasAppSettings, studioWebPortalSettings } = userSettings(args);

    assert.ok(Object.values(canvasAppSettings).every(({ status }) => status === "DISABLED"));
    assert.ok(studioWebPortalSettings.hiddenAppTypes.includes("Canvas"));
  });

  it("leaves JupyterLab and Code Editor in sight", () => {
    const { hiddenAppTypes } = userSettings(args).studioWebPortalSettings;

    assert.deepEqual(
      hiddenAppTypes.filter((type) => ["JupyterLab", "CodeEditor"].includes(type)),
      [],
    );
  });

  it("shares no notebook output", () => {
    assert.deepEqual(userSettings(args).sharingSettings, { notebookOutputOption: "Disabled" });
  });

  it("limits the disks that users may choose", () => {
    assert.deepEqual(userSettings({ ...args, maximumVolumeGb: 100 }).spaceStorageSettings, {
      defaultEbsStorageSettings: { defaultEbsVolumeSizeInGb: 10, maximumEbsVolumeSizeInGb: 100 },
    });
  });
});

describe("hiddenInstanceTypes", () => {
  it("hides every type but those offered", () => {
    const hidden = hiddenInstanceTypes(args.instanceTypes);

    assert.ok(hidden.includes("ml.p4d.24xlarge") && hidden.includes("ml.m5.xlarge"));
    assert.deepEqual(
      args.instanceTypes.filter((type) => hidden.includes(type)),
      [],
    );
    assert.equal(new Set(hidden).size, hidden.length);
  });
});

describe("validateStudioApps", () => {
  const rejections: [Partial<StudioAppArgs>, RegExp][] = [
    [{ idleTimeoutMinutes: 30 }, /idleTimeoutMinutes is 30; allowed: an integer from 60 to 525600$/],
    [{ idleTimeoutMinutes: 525_601 }, /idleTimeoutMinutes is 525601/],
    [
      { instanceTypes: [] },
      /instanceTypes has no entry; allowed: instance types of Studio such as ml\.t3\.medium$/,
    ],
    [{ instanceTypes: ["ml.t3.medium", "ml.x1.huge"] }, /instanceTypes has ml\.x1\.huge; allowed/],
    [{ defaultVolumeGb: 4 }, /defaultVolumeGb is 4 and maximumVolumeGb 50; allowed: 5 to 16384/],
    [{ defaultVolumeGb: 60 }, /defaultVolumeGb is 60 and maximumVolumeGb 50/],
    [{ maximumVolumeGb: 20_000 }, /defaultVolumeGb is 10 and maximumVolumeGb 20000/],
  ];
  for (const [changes, message] of rejections) {
    it(`rejects ${JSON.stringify(changes)}`, () => {
      assert.throws(() => validateStudioApps({ ...args, ...changes }), message);
    });
  }
});
