import { servePack } from "../kit/serve";
import { securityPack } from "./pack";

servePack(securityPack);
