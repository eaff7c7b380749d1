/**
 * The ground that everything stands on: time, ids, events, mailboxes, errors that name their place, logs that keep
 * secrets, settings read once. Nothing here knows telephony or cities.
 */

export {
  type Certificate,
  type CertificateFiles,
  type CertificatePlace,
  certificateNames,
  isCertificate,
  openCertificate,
  readCertificate,
} from './certificate.ts'
export { type ChangePages, openChangePages } from './change-pages.ts'
export { dammDigit, dammHolds } from './check-digit.ts'
export { type Cancel, type Clock, sleep, withDeadline } from './clock.ts'
export { createManualClock, type ManualClock } from './clocks/manual.ts'
export { monotonicMs, systemClock } from './clocks/system.ts'
export { configFaults, readConfig } from './config.ts'
export { type Cell, csvOf, excelMark } from './csv.ts'
export {
  allIn,
  allOf,
  crashText,
  errorText,
  Fault,
  type FaultCode,
  type FaultDetail,
  FaultList,
  type Place,
  reasonOf,
} from './errors.ts'
export { createEvents, type Events, type Off } from './events.ts'
export { expectedBy } from './expected.ts'
export { foundationFaults } from './faults.ts'
export { counter, type Figure, gauge, type LabelledNumber, labelled } from './figure.ts'
export { newId, newSecret } from './ids.ts'
export { changeJson, placeInJson, placeInText, readJson, readJsonFile } from './json-file.ts'
export { keptFigures } from './kept.ts'
export { createLive, type LiveValue, liveMap } from './live.ts'
export { keepsUp, type LivePages, onlyListens, openLivePages } from './live-pages.ts'
export { createLog, type Log, type LogLevel, silentLog } from './log.ts'
export { createMailbox, type Mailbox } from './mailbox.ts'
export type { Asked, RequestMount, Socket, SocketMount } from './mounts.ts'
export { neighbourhoodOf, sourceOf } from './network.ts'
export { createNetworks, type Networks } from './networks.ts'
export { partsInTime, sidePart } from './part.ts'
export { decodedText, readCsv } from './read-csv.ts'
export { readXlsx, type TableCodes } from './read-xlsx.ts'
export type { FaultKind, FaultKinds, Id, Part } from './schema.ts'
export { shareInterval } from './share.ts'
export { nearest, oneOf, suggest } from './suggest.ts'
export { isOneLine, isWritable, oneLineExpected, onOneLine, writable } from './text.ts'
export { createTurns, type Turns } from './turns.ts'
export { writeWhole } from './whole-file.ts'
export { xlsxOf } from './xlsx.ts'
