import type { Holding, Migration } from '../storage/index.ts'
import { bulletinFaults } from './bulletins/faults.ts'
import { deductionFaults } from './deductions/faults.ts'

const supervisionMigrations: readonly Migration[] = [
  {
    name: 'supervision-1-deductions',
    sql: `
      create table deductions (
        id text collate "C" primary key,
        order_number text not null,
        unit text not null,
        reason text not null,
        points float8 not null,
        notice text not null,
        state text not null,
        fact_at timestamptz not null,
        seq int not null,
        proposed_by text not null,
        first_by text,
        second_by text,
        appealed_by text,
        closed_by text,
        changed_at timestamptz not null,
        words text not null
      );
      create index deductions_changed on deductions (changed_at desc, id desc);
      create index deductions_fact on deductions (fact_at);
      create index deductions_order on deductions (order_number);`,
  },
  {
    name: 'supervision-2-waiting',
    sql: 'create index deductions_of_state on deductions (state, changed_at desc, id desc)',
  },
  {
    name: 'supervision-3-bulletins',
    sql: `
      create table bulletins (
        id text collate "C" primary key,
        month text not null,
        district text not null,
        state text not null,
        begun_by text not null,
        proposed_by text,
        decided_by text,
        digest text,
        changed_at timestamptz not null,
        revision int not null,
        words jsonb not null,
        figures text
      );
      create index bulletins_changed on bulletins (changed_at desc, id desc);`,
  },
]

const supervisionHoldings: readonly Holding[] = [
  {
    name: 'deductions',
    nobody: 'which unit lost points for which order; what staff wrote of it goes when the order is erased',
  },
  {
    name: 'bulletins',
    nobody: 'a month’s units by their figures, and numbers of orders; what staff wrote around them',
  },
]

/** What the house must know of this room before it opens. */
export const supervisionBrings = {
  tables: supervisionMigrations,
  holdings: supervisionHoldings,
  faults: { ...deductionFaults, ...bulletinFaults },
}
