/** What any Pulumi program on AWS pays before its first line: the SDK's import, through the same loader as ours. */
import * as pulumi from "@pulumi/pulumi";
import * as aws from "@pulumi/aws";

if (typeof pulumi.output !== "function" || typeof aws.s3.Bucket !== "function")
  throw new Error("the SDK is not there");
