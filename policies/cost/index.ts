import { servePack } from "../kit/serve";
import { costPack } from "./pack";

servePack(costPack);
