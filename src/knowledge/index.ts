/**
 * The knowledge base: questions that citizens ask again and again, and the answers that are read out word for word.
 * Each entry belongs to a unit, is reviewed by a second person before it answers, and has an end; once it has ended
 * or is withdrawn it is not found, read out or cited. Search runs in memory, by words, by their sounds and by the
 * catalogue's objects; the database says what is published, to every node.
 */

export type {
  KnowledgeContent,
  KnowledgeDetail,
  KnowledgeFound,
  KnowledgeImported,
  KnowledgeInbox,
  KnowledgeRow,
} from './api.ts'
export { knowledgeBrings } from './brings.ts'
export { type FileEntry, proveKnowledge, readKnowledgeFiles, shelve } from './check.ts'
export type { KnowledgeFigures } from './counted/api.ts'
export { toldDays } from './ending.ts'
export { diffOf, type KnowledgeGround } from './entry.ts'
export { knowledgeMoves, standingOf } from './entry-state.ts'
export type { KnowledgeFaultCode } from './faults.ts'
export { knowledgeQueues } from './jobs.ts'
export { type Knowledge, openKnowledge } from './knowledge.ts'
export { likenessIn } from './likeness.ts'
export { knowledgeMigrations } from './migrations.ts'
export { type KnowledgeActor, mayOf } from './permit.ts'
export { mostTableBytes, type ReadTable } from './sheets/exchange.ts'
export { readSynonyms, type Synonyms, synonymsIn } from './synonyms.ts'
export { type KnowledgeTelling, openTelling } from './telling/telling.ts'
