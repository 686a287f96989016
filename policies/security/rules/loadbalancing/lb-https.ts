import type { ResourceRule } from "../../../kit";

const LISTENER = "aws:lb/listener:Listener";

export const lbHttps: ResourceRule = {
  id: "lb-https",
  title: "Load balancers speak HTTPS; their HTTP listeners only redirect",
  severity: "high",
  rationale: "Over HTTP everybody on the way reads the requests, with the sessions and passwords in them.",
  controls: [
    "CKV_AWS_2",
    "CKV_AWS_103",
    "ELB.1",
    "AWS-0047",
    "AWS-0054",
    "ALBHttpToHttpsRedirection",
    "guard:alb_http_to_https_redirection_check",
  ],
  inspects: { [LISTENER]: ["protocol", "defaultActions", "sslPolicy"] },
  remedy:
    'Give the HTTP listener a redirect to HTTPS (statusCode "HTTP_301"), and the HTTPS listener a policy of TLS 1.2 or later.',
  check: (listener) => {
    const protocol = listener.at("protocol").read<string>();
    if (protocol === "HTTPS" || protocol === "TLS")
      listener.forbid<string>("sslPolicy", isOld, "old versions of TLS are accepted");
    if (protocol !== "HTTP") return;
    const actions = listener.at("defaultActions").items();
    const redirects = actions.some((action) => action.at("redirect.protocol").known === "HTTPS");
    const known = actions.every((action) => action.at("redirect").presence !== "unknown");
    if (actions.length > 0 && known && !redirects)
      listener.at("protocol").fail("requests travel in the clear");
  },
};

/** ELBSecurityPolicy-2016-08, the default of old, and the policies that name TLS 1.0 or 1.1. */
function isOld(policy: string): boolean {
  return /^ELBSecurityPolicy-(2015|2016|TLS-1-[01]|TLS13-1-[01])/.test(policy);
}
