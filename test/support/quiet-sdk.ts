/**
 * Required by mocha before every spec: the AWS SDK would announce on stderr which Node.js its releases of 2027 want, as it
 * would to users without the same line in scripts/smartretail.mjs.
 */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
