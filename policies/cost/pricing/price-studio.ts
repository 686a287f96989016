import { charge, notKnownYet } from "./charge";
import { textAt, NOT_KNOWN_YET } from "./planned-resource";
import { instancePriceKey } from "./price-table";
import type { Pricers } from "./pricer";

const DOMAIN = "aws:sagemaker/domain:Domain";
/** What Studio starts when neither the profile nor the domain names an instance type. */
const STUDIO_DEFAULT_INSTANCE = "ml.t3.medium";
const INSTANCE_PATH = ["jupyterLabAppSettings", "defaultResourceSpec", "instanceType"] as const;

/** A domain costs nothing by itself; each user profile pays for the hours of its apps and for its storage. */
export const STUDIO_PRICERS: Pricers = {
  "aws:sagemaker/userProfile:UserProfile": (profile, { plan, prices, usage }) => {
    const domain = plan.ofType(DOMAIN).find((candidate) => plan.refersTo(profile, "domainId", candidate));
    const instanceType =
      textAt(profile.inputs, "userSettings", ...INSTANCE_PATH) ??
      (domain && textAt(domain.inputs, "defaultUserSettings", ...INSTANCE_PATH)) ??
      STUDIO_DEFAULT_INSTANCE;
    const storage = charge(prices, profile, {
      what: "home directory and space",
      quantity: usage.studioGigabytesPerProfile,
      priceKey: "efs-storage",
      assumptions: ["studioGigabytesPerProfile"],
    });
    if (instanceType === NOT_KNOWN_YET) return [storage, notKnownYet(profile, "apps", "userSettings")];
    if (instanceType === "system") return [storage];
    return [
      storage,
      charge(prices, profile, {
        what: `JupyterLab on ${instanceType}`,
        quantity: usage.studioHoursPerProfile,
        priceKey: instancePriceKey(instanceType),
        assumptions: ["studioHoursPerProfile"],
      }),
    ];
  },
};
