import type { CleanupScope } from "../../../scripts/cleanup/cleanup-scope";
import type { AccountState } from "./fake-state";

const KEY = "arn:aws:kms:ap-northeast-1:123456789012:key/ours";
const arn = (kind: string, name: string) => `arn:aws:sagemaker:ap-northeast-1:123456789012:${kind}/${name}`;
const logArn = (name: string) => `arn:aws:logs:ap-northeast-1:123456789012:log-group:${name}`;
const domainArn = (id: string) => arn("domain", id);

/** An environment that has been used for a while: of every kind more than one page. */
export function fillAccount(state: AccountState, scope: CleanupScope): void {
  const { prefix, tags } = scope;
  fillHosting(state, scope);
  fillStoppedNights(state, scope);
  state.domains.set("d-live", scope.domainNames[0]!);
  for (const space of ["aoki-1", "aoki-2", "mori-1"]) {
    state.spaces.set(space, { domainId: "d-live" });
    const ResourceSpec = { InstanceType: "ml.t3.medium" };
    state.apps.push({
      DomainId: "d-live",
      SpaceName: space,
      AppType: "JupyterLab",
      AppName: "default",
      ResourceSpec,
    });
  }
  for (const name of scope.featureGroupNames) {
    state.featureGroups.set(name, {});
    state.tables.set(
      `${name.replaceAll("-", "_")}_1790000000`,
      `s3://${bucketLike(scope, "features")}/offline/${name}`,
    );
  }
  for (const name of scope.modelPackageGroupNames) state.modelPackages.set(name, new Set([1, 2, 3]));
  for (const name of scope.bucketNames) {
    const objects = ["a", "b", "c", "d"].map((key) => ({ key, versionId: `${key}1`, bytes: 1e9 }));
    state.buckets.set(name, [...objects, { key: "e", versionId: "e2", bytes: 0, isMarker: true }]);
  }
  state.uploads.set(scope.bucketNames[0]!, new Set(["u1", "u2"]));
  for (const name of scope.repositoryNames)
    state.images.set(name, new Set(["sha256:1", "sha256:2", "sha256:3"]));
  for (const name of scope.logGroupNames) {
    state.logGroups.set(name, 1e9);
    state.tags.set(logArn(name), tags);
  }
  state.logGroups.set(`/aws/lambda/${prefix}-router`, 1e6);
  fillStudioLeftovers(state, tags);
  state.executions.set("night-1", { machine: `${prefix}-nightly` });
  for (const jobs of jobsOf(state)) for (const name of ["a", "b", "c"]) jobs.set(`${prefix}-${name}`, {});
}

function fillHosting(state: AccountState, scope: CleanupScope): void {
  const { tags } = scope;
  scope.configurationNames.forEach((name, at) => {
    const model = `${scope.modelNames[at]}-0000001`;
    for (const version of ["1234567", "89abcde"]) {
      const configuration = `${name}-${version}`;
      state.configurations.set(configuration, { model, instanceType: "ml.m5.large" });
      state.tags.set(arn("endpoint-config", configuration), tags);
    }
    state.models.add(model);
    state.tags.set(arn("model", model), tags);
    const endpoint = scope.endpointNames[at]!;
    state.endpoints.set(endpoint, { configuration: `${name}-1234567` });
    state.scalingTargets.add(`endpoint/${endpoint}/variant/champion`);
  });
}

/** Models of transforms whose night was stopped before the state that deletes them. */
function fillStoppedNights(state: AccountState, { prefix, tags }: CleanupScope): void {
  for (const category of ["drinks", "food", "daily"]) {
    const model = `${prefix}-champion-${category}-20261125-0a1b2c`;
    state.models.add(model);
    state.tags.set(arn("model", model), tags);
  }
}

function fillStudioLeftovers(state: AccountState, tags: Readonly<Record<string, string>>): void {
  state.tags.set(KEY, tags);
  state.ourVpcs.add("vpc-ours");
  for (const id of ["d-old1", "d-old2", "d-old3"]) {
    state.fileSystems.set(`fs-${id}`, {
      id: `fs-${id}`,
      domainArn: domainArn(id),
      kmsKeyId: KEY,
      bytes: 10e9,
    });
    state.mountTargets.set(`fsmt-${id}`, { fileSystemId: `fs-${id}` });
  }
  const pair = { vpcId: "vpc-ours" };
  state.securityGroups.set("sg-in", {
    ...pair,
    name: "security-group-for-inbound-nfs-d-old1",
    rules: ["sg-out"],
  });
  state.securityGroups.set("sg-out", {
    ...pair,
    name: "security-group-for-outbound-nfs-d-old1",
    rules: ["sg-in"],
  });
}

/** Of every kind something that looks like ours and is not. */
export function addStrangers(state: AccountState, scope: CleanupScope): void {
  const { prefix } = scope;
  state.endpoints.set("other-endpoint", { configuration: "other-config" });
  state.configurations.set("other-config", { model: "other-model" });
  state.models.add("other-model");
  // Our name, without our tags.
  state.models.add(`${scope.modelNames[0]}-abcdef0`);
  state.models.add(`${prefix}-by-hand`);
  state.scalingTargets.add("endpoint/other-endpoint/variant/champion");
  state.domains.set("d-other", "other-domain");
  state.spaces.set("other-space", { domainId: "d-other" });
  state.apps.push({
    DomainId: "d-other",
    SpaceName: "other-space",
    AppType: "JupyterLab",
    AppName: "default",
  });
  state.featureGroups.set("other-group", {});
  state.tables.set("other_table", "s3://other-bucket/offline/x");
  state.modelPackages.set("other-models", new Set([1]));
  state.buckets.set("other-bucket", [{ key: "a", versionId: "x1", bytes: 1 }]);
  state.images.set("other-images", new Set(["sha256:9"]));
  state.logGroups.set("/aws/lambda/other", 1);
  // Begins as a name of ours, and is another environment's.
  state.logGroups.set(`/aws/lambda/${prefix}2-router`, 1);
  const stranger = { kmsKeyId: "arn:aws:kms:ap-northeast-1:123456789012:key/other", bytes: 1 };
  state.fileSystems.set("fs-other", { id: "fs-other", domainArn: domainArn("d-gone"), ...stranger });
  state.securityGroups.set("sg-other", {
    vpcId: "vpc-other",
    name: "security-group-for-inbound-nfs-d-gone",
    rules: [],
  });
  state.executions.set("other-night", { machine: "other-nightly" });
  for (const jobs of jobsOf(state)) jobs.set(`other-${prefix}-job`, {});
}

const jobsOf = (state: AccountState) => [
  state.trainingJobs,
  state.processingJobs,
  state.transformJobs,
  state.tuningJobs,
];

const bucketLike = (scope: CleanupScope, part: string) =>
  scope.bucketNames.find((name) => name.includes(part)) ?? "";
