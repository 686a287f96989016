import { createRequire } from "node:module";
import type * as Grpc from "@grpc/grpc-js";
import type * as EmptyMessages from "google-protobuf/google/protobuf/empty_pb";
import type * as StructMessages from "google-protobuf/google/protobuf/struct_pb";

/** Messages must be of the copies of grpc-js and google-protobuf that the SDK's generated code uses. */
const requireFromSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));

export const grpc = requireFromSdk("@grpc/grpc-js") as typeof Grpc;
export const { Struct } = requireFromSdk(
  "google-protobuf/google/protobuf/struct_pb",
) as typeof StructMessages;
export const { Empty } = requireFromSdk("google-protobuf/google/protobuf/empty_pb") as typeof EmptyMessages;
