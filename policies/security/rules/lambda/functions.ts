export const FUNCTION = "aws:lambda/function:Function";
export const INVOKE_CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
export const EVENT_SOURCE = "aws:lambda/eventSourceMapping:EventSourceMapping";
export const PERMISSION = "aws:lambda/permission:Permission";
