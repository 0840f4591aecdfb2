/** Contract kits: the laws of each plugin contract, as tests for any runner. */
export type { AggregatorContractOptions } from "./testing/aggregator/contract.js";
export type { ExecutorContractOptions } from "./testing/executor/contract.js";
export type { Delivery, RemoteLikeWorkers, TextWorker } from "./testing/executor/remote-like.js";
export type { ExecutorScene } from "./testing/executor/scene.js";
export type { Expectation, TestFramework } from "./testing/framework.js";
export type { GridContractOptions } from "./testing/grid/contract.js";
export type {
  ContractDataset,
  EncodingPart,
  ReaderContractOptions,
  ReaderFormat,
} from "./testing/reader/contract.js";
export type { SourceContractOptions } from "./testing/source/contract.js";
export type { MemorySourceBehaviour } from "./testing/source/memory-source.js";
export type { StoreContractOptions } from "./testing/store/contract.js";
export type { RemoteLikeOptions, RemoteLikeStore } from "./testing/store/remote-like.js";
export type { LonLat } from "./testing/sphere.js";

export { aggregatorContract } from "./testing/aggregator/contract.js";
export { executorContract } from "./testing/executor/contract.js";
export { remoteLikeExecutor } from "./testing/executor/remote-like.js";
export { BrokenLaw } from "./testing/framework.js";
export { gridContract, gridLaws } from "./testing/grid/contract.js";
export { interestingPoints, invalidPoints, pointsInBox } from "./testing/points.js";
export { readerContract } from "./testing/reader/contract.js";
export { sourceContract } from "./testing/source/contract.js";
export { memorySource } from "./testing/source/memory-source.js";
export { regionHolds } from "./testing/sphere.js";
export { storeContract } from "./testing/store/contract.js";
export { remoteLikeStore, remoteOptions } from "./testing/store/remote-like.js";
