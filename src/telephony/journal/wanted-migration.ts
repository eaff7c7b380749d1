import type { Migration } from '../../storage/index.ts'
import { counted, gotNone, tallyFunction } from './tally-migration.ts'

/** Chose to be called instead of waiting on; whoever was promised it because nobody took them did not choose. */
export const hasChosenCallback =
  '(promised_at is not null and (turned_away_at is null or promised_at < turned_away_at))'

/**
 * Whoever was turned away by a full queue wanted a person, and so did whoever rang while a seat rang them: of those who
 * wanted one each reached one, got none, waits, or chose a callback. Counts of minutes whose calls are gone are left, but
 * for persons who were reached.
 */
export const wantedMigration: Migration = {
  name: 'telephony-11-wanted',
  sql: `
    alter table calls add column promised_at timestamptz, add column turned_away_at timestamptz;
    alter table call_minutes add column deferred int not null default 0;
    create or replace ${tallyFunction(`${counted}, promised_at, turned_away_at`, {
      lost: `${gotNone} and not ${hasChosenCallback}`,
      deferred: `${gotNone} and ${hasChosenCallback}`,
    })}
    update calls set queued_at = connected_at
      where direction = 'in' and queued_at is null and connected_at is not null;
    update calls set queued_at = least(queued_at, left_at), promised_at = told_at, turned_away_at = refused_at
    from (
      select call_id,
        to_timestamp(min(at_us) filter (where fact->>'kind' in ('left-queue', 'left-line')) / 1e6) as left_at,
        to_timestamp(min(at_us) filter (where fact->>'kind' = 'promised') / 1e6) as told_at,
        to_timestamp(min(at_us) filter (where fact->>'reason' in ('full', 'failed')) / 1e6) as refused_at
      from call_facts where fact->>'kind' in ('left-queue', 'left-line', 'promised')
      group by call_id
    ) as known
    where id = call_id;
    update call_minutes set wanted = reached where direction = 'in' and wanted < reached;`,
}
