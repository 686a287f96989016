import assert from "node:assert/strict";
import type { RecordedResource } from "../../preview/recorded-resource";
import { createStudio } from "../../stacks/studio";
import { testContext } from "../support/context";
import { createFoundation } from "../support/foundation";
import { planOf } from "../support/plans";
import { find, record } from "../support/record";
import { customNames, ofSlice } from "../support/slices";

const PROFILE = "aws:sagemaker/userProfile:UserProfile";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

interface UserSettings {
  readonly executionRole: string;
  readonly securityGroups: readonly string[];
}

function settingsOf({ inputs }: RecordedResource): UserSettings {
  return inputs.userSettings as unknown as UserSettings;
}

async function studioOf(stack: "dev" | "prod"): Promise<RecordedResource[]> {
  return ofSlice((await planOf(stack)).recording, "studio");
}

describe("createStudio", () => {
  it("makes a domain, a role without rights and a profile with its group for everybody in the settings", async () => {
    const names = customNames(await studioOf("prod")).filter((name) => !name.includes("Rule"));

    assert.deepEqual(names, [
      `${GROUP} studio-aoki-network-group`,
      `${GROUP} studio-default-network-group`,
      `${GROUP} studio-ito-network-group`,
      `${GROUP} studio-mori-network-group`,
      "aws:iam/role:Role studio-default-role",
      "aws:sagemaker/domain:Domain studio-domain",
      "aws:sagemaker/studioLifecycleConfig:StudioLifecycleConfig studio-sdk-defaults",
      `${PROFILE} studio-aoki-profile`,
      `${PROFILE} studio-ito-profile`,
      `${PROFILE} studio-mori-profile`,
    ]);
  });

  it("shares no security group between profiles, nor with the domain", async () => {
    const resources = await studioOf("prod");

    const groups = resources
      .filter(({ type }) => type === PROFILE)
      .flatMap((profile) => settingsOf(profile).securityGroups);
    assert.equal(new Set(groups).size, 3);
    const domain = find((await planOf("prod")).recording, "aws:sagemaker/domain:Domain");
    const [ofDomain] = (domain.inputs.defaultUserSettings as unknown as UserSettings).securityGroups;
    assert.equal(groups.includes(String(ofDomain)), false);
  });

  it("gives every profile a role of its own, and the domain one that is allowed nothing", async () => {
    const { recording } = await planOf("prod");

    const roles = ["aoki", "ito", "mori"].map(
      (user) => settingsOf(find(recording, PROFILE, `studio-${user}-profile`)).executionRole,
    );
    const role = (name: string) => `arn:aws:iam::123456789012:role/smartretail-prod-${name}`;
    assert.deepEqual(roles, [role("studio-aoki"), role("studio-ito"), role("studio-mori")]);
    const domain = find(recording, "aws:sagemaker/domain:Domain");
    assert.equal(
      (domain.inputs.defaultUserSettings as unknown as UserSettings).executionRole,
      role("studio-default"),
    );
    const attached = recording.resources.filter(
      ({ type, inputs }) =>
        type.startsWith("aws:iam/rolePolic") && inputs.role === "smartretail-prod-studio-default",
    );
    assert.deepEqual(attached, []);
  });

  it("installs the SDK's defaults in everybody's JupyterLab: the network, the key and the experiments' role", async () => {
    const { recording } = await planOf("prod");
    const config = find(recording, "aws:sagemaker/studioLifecycleConfig:StudioLifecycleConfig");
    const script = Buffer.from(String(config.inputs.studioLifecycleConfigContent), "base64").toString();
    const defaults = Buffer.from(/END'\n(.*)\nEND/s.exec(script)?.[1] ?? "", "base64").toString();

    for (const part of [
      "role/smartretail-prod-experiment",
      String(find(recording, "aws:kms/key:Key", "data-lake-key").outputs.arn),
      find(recording, "aws:ec2/securityGroup:SecurityGroup", "workload-group").id,
      "smartretail-prod-models-123456789012",
    ]) {
      assert.ok(defaults.includes(part), part);
    }
    for (const user of ["aoki", "ito", "mori"]) {
      const { jupyterLabAppSettings } = find(recording, PROFILE, `studio-${user}-profile`).inputs
        .userSettings as unknown as { jupyterLabAppSettings: Record<string, unknown> };
      assert.deepEqual(jupyterLabAppSettings.lifecycleConfigArns, [config.outputs.arn]);
    }
  });

  it("keeps homes in prod and lets them go in dev", async () => {
    const domainOf = async (stack: "dev" | "prod") =>
      find((await planOf(stack)).recording, "aws:sagemaker/domain:Domain");

    assert.deepEqual((await domainOf("prod")).inputs.retentionPolicy, { homeEfsFileSystem: "Retain" });
    assert.equal((await domainOf("prod")).protect, true);
    assert.deepEqual((await domainOf("dev")).inputs.retentionPolicy, { homeEfsFileSystem: "Delete" });
    assert.equal((await domainOf("dev")).protect, false);
  });

  it("encrypts with the data lake's key and stays in the network's subnets", async () => {
    const { recording } = await planOf("dev");

    const { inputs } = find(recording, "aws:sagemaker/domain:Domain");
    assert.equal(inputs.kmsKeyId, find(recording, "aws:kms/key:Key", "data-lake-key").outputs.arn);
    assert.equal((inputs.subnetIds as unknown[]).length, 2);
  });

  it("works without any user", async () => {
    const recording = await record(() => {
      const context = testContext("dev", { studioUserProfiles: [] });
      createStudio(context, createFoundation(context));
    });

    assert.equal(recording.resources.filter(({ type }) => type === PROFILE).length, 0);
  });
});
