import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { PolicyPack } from "@pulumi/policy";
import type analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { parseExemptions, type Exemption } from "./exemptions";
import type { Pack } from "./pack";
import type { Level } from "./rule";
import { toPolicies } from "./sdk-policies";
import { SecretTexts } from "./secrets";
import { Session } from "./session";
import { isViolated, type Verdict } from "./verdict";
import { checkSettings, optionOf, type PackSettings } from "./settings";
import {
  decodeResource,
  decodeSettings,
  decodeStackResource,
  encodeVerdicts,
  secretConfiguration,
} from "./wire";

type Callback = (error: Error | null, response?: unknown) => void;
type Handler = (call: { request: unknown }, callback: Callback) => void;
type Handlers = Record<string, Handler>;

/** The part of grpc-js that is needed here. */
interface GrpcServerClass {
  readonly prototype: { addService: (service: unknown, handlers: Handlers) => unknown };
}

/** What is secret before any resource is seen, and what of it the stack's configuration holds. */
interface KnownSecrets {
  readonly secrets: SecretTexts;
  readonly configuration: Set<string>;
}

/**
 * Serves a pack through the SDK's own PolicyPack, whose server keeps announcing the policies, their schemas and the
 * port. Three of its calls are answered here: `configure`, so that a mistyped name is rejected and not ignored, and the
 * two analyses, so that a resource is decoded and its documents parsed once and not once per rule (docs/adr/0010). Two
 * more are listened to, for the secrets that no message may show (docs/adr/0070).
 */
export function servePack(pack: Pack): void {
  const version = readVersion();
  const known: KnownSecrets = { secrets: new SecretTexts(), configuration: new Set() };
  let session = newSession(pack, {}, [], known);
  const overrides = (original: Handlers): Handlers => ({
    configureStack: (call, callback) => {
      learnConfiguration(known, call.request as analyzer.AnalyzerStackConfigureRequest);
      original.configureStack?.(call, callback);
    },
    configure: (call, callback) => {
      try {
        const settings = decodeSettings(call.request as analyzer.ConfigureAnalyzerRequest);
        session = newSession(pack, settings, readExemptions(pack, settings), known);
      } catch (error) {
        callback(new Error(`policy pack ${pack.name}: ${(error as Error).message}`));
        return;
      }
      original.configure?.(call, callback);
    },
    analyze: (call, callback) => {
      const resource = decodeResource(call.request as analyzer.AnalyzeRequest);
      callback(null, answer(session.checkResource(resource)));
    },
    remediate: (call, callback) => {
      const resource = decodeResource(call.request as analyzer.AnalyzeRequest);
      session.learnSecrets(resource);
      original.remediate?.(call, (error, response) =>
        callback(error && hidden(error, resource.urn), response),
      );
    },
    analyzeStack: (call, callback) => {
      const resources = (call.request as analyzer.AnalyzeStackRequest).getResourcesList();
      callback(null, answer(session.checkStack(resources.map(decodeStackResource))));
      session = new Session(session.inputs);
    },
  });
  /** A remediation that throws ends the preview, naming itself and the resource, and no secret. */
  const hidden = (error: Error, urn: string): Error =>
    new Error(session.hide(`policy pack ${pack.name}, at ${urn}: ${error.message}`));
  const answer = (verdicts: Verdict[]): analyzer.AnalyzeResponse =>
    encodeVerdicts(verdicts, { name: pack.name, version }, (verdict) => levelOfVerdict(verdict, session));
  withHandlers(overrides, () => constructPack(pack));
}

function constructPack(pack: Pack): void {
  new PolicyPack(pack.name, {
    policies: toPolicies(pack, { exemptions: [], today: today() }),
    displayName: pack.displayName,
    description: pack.description,
    provider: "aws",
  });
}

function learnConfiguration(known: KnownSecrets, request: analyzer.AnalyzerStackConfigureRequest): void {
  for (const secret of secretConfiguration(request)) {
    known.secrets.add(secret);
    known.configuration.add(secret);
  }
}

function newSession(
  pack: Pack,
  settings: PackSettings,
  exemptions: readonly Exemption[],
  known: KnownSecrets,
): Session {
  const mistakes = checkSettings(settings, pack.rules);
  if (mistakes.length > 0) throw new Error(mistakes.join("\n"));
  return new Session({ rules: pack.rules, settings, exemptions, today: today(), ...known });
}

/** A violation that no remediation removed counts as mandatory, as it does for the SDK. */
function levelOfVerdict(verdict: Verdict, session: Session): Level {
  if (!isViolated(verdict)) return "advisory";
  const level = session.level(verdict.rule);
  return level === "remediate" ? "mandatory" : level;
}

function readExemptions(pack: Pack, settings: PackSettings): Exemption[] {
  const rule = pack.rules.find((candidate) => candidate.id === `${pack.name}-exemptions`);
  const file = rule ? optionOf(rule, settings, "file") : undefined;
  if (typeof file !== "string" || file === "") return [];
  const full = path.resolve(file);
  if (!fs.existsSync(full)) throw new Error(`the exemptions file ${full} does not exist`);
  try {
    return parseExemptions(JSON.parse(fs.readFileSync(full, "utf8")), pack.name, pack.rules);
  } catch (error) {
    throw new Error(`${full}: ${(error as Error).message}`, { cause: error });
  }
}

/** Constructs the pack while the SDK's gRPC server takes the overriding handlers; the server class is restored after. */
function withHandlers(overrides: (original: Handlers) => Handlers, construct: () => void): void {
  const requireFromSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const { Server } = requireFromSdk("@grpc/grpc-js") as { Server: GrpcServerClass };
  const original = Server.prototype.addService;
  Server.prototype.addService = function (service, handlers) {
    return original.call(this, service, { ...handlers, ...overrides(handlers) });
  };
  try {
    construct();
  } finally {
    Server.prototype.addService = original;
  }
}

/** The SDK takes the version from the package in the working folder, which is the pack's own; so do the diagnostics. */
function readVersion(): string {
  const text = fs.readFileSync(path.join(process.cwd(), "package.json"), "utf8");
  return String((JSON.parse(text) as { version?: unknown }).version);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
