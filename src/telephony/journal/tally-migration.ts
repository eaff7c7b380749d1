import type { Migration } from '../../storage/index.ts'

/** What of a call's row counts. */
export const counted =
  'invited_at, direction, flow, answered_at, queued_at, connected_at, ended_at, met_menu, soon_ms'

/** Legs to seats are calls of the house with itself: nobody led them through a flow, and nobody was reached on them. */
const isCounted = `(direction = 'in' or flow is not null or connected_at is not null)`

const countOf = (what: string) => `coalesce(sum(sign) filter (where ${what}), 0)`

/** Wanted a person, and the call ended without one. */
export const gotNone = 'queued_at is not null and connected_at is null and ended_at is not null'

/** How calls that got nobody are told apart. */
type Apart = { readonly lost: string; readonly deferred?: string }

/** Adds rows to the tallies, or with a sign of -1 takes them out again. */
const tally = (rows: string, { lost, deferred }: Apart) => `
  insert into call_minutes as kept
    (minute, direction, flow, calls, answered, wanted, reached, soon, lost, menu_known, menu_free, longest_ms${deferred ? ', deferred' : ''})
  select date_trunc('minute', invited_at), direction, coalesce(flow, ''), sum(sign),
    ${countOf('answered_at is not null')}, ${countOf('queued_at is not null')},
    ${countOf('connected_at is not null')},
    ${countOf(`connected_at - invited_at <= soon_ms * interval '1 ms'`)},
    ${countOf(lost)},
    ${countOf('met_menu is not null')}, ${countOf('not met_menu')},
    max(round(date_part('epoch', connected_at - invited_at) * 1000)) filter (where sign > 0)${deferred ? `, ${countOf(deferred)}` : ''}
  from (${rows}) as changed where ${isCounted} group by 1, 2, 3 order by 1, 2, 3
  on conflict (minute, direction, flow) do update set
    calls = kept.calls + excluded.calls, answered = kept.answered + excluded.answered,
    wanted = kept.wanted + excluded.wanted, reached = kept.reached + excluded.reached,
    soon = kept.soon + excluded.soon, lost = kept.lost + excluded.lost,
    menu_known = kept.menu_known + excluded.menu_known, menu_free = kept.menu_free + excluded.menu_free,
    longest_ms = greatest(kept.longest_ms, excluded.longest_ms)${deferred ? ', deferred = kept.deferred + excluded.deferred' : ''};

  insert into call_waits as kept (quarter, up_to_ms, calls)
  select quarter, ceil(ms / width) * width, sum(sign)
  from (
    select date_bin('15 minutes', invited_at, '2000-01-01Z') as quarter,
      round(date_part('epoch', connected_at - invited_at) * 1000) as ms, sign
    from (${rows}) as changed where direction = 'in' and connected_at is not null
  ) as waited,
    lateral (select case when ms <= 10000 then 100 when ms <= 60000 then 500 when ms <= 600000 then 5000 else 60000 end) as _ (width)
  group by 1, 2 having sum(sign) <> 0 order by 1, 2
  on conflict (quarter, up_to_ms) do update set calls = kept.calls + excluded.calls;`

/** Keeps the tallies while calls come and change. @param columns of a call that are read for it */
export const tallyFunction = (columns: string, apart: Apart) =>
  `function tally_calls() returns trigger language plpgsql as $tally$
      begin
        if tg_op = 'INSERT' then
          ${tally(`select ${columns}, 1 as sign from come`, apart)}
        else
          ${tally(`select ${columns}, 1 as sign from come union all select ${columns}, -1 from gone`, apart)}
        end if;
        return null;
      end
    $tally$;`

const all: Apart = { lost: gotNone }

/**
 * What a day came to is read off tallies, by the minute of the INVITE, and of waiting by the quarter of an hour, to a tenth
 * of a second where it is short: to count
 * the calls themselves takes seconds where there are a million of them in a day. The table of calls keeps the tallies
 * itself, whoever writes into it; so a day that is over was counted once, and stays.
 */
export const tallyMigration: Migration = {
  name: 'telephony-7-tallies',
  sql: `
    alter table calls add column queued_at timestamptz, add column connected_at timestamptz, add column flow text,
      add column met_menu boolean, add column soon_ms int not null default 15000;
    update calls set queued_at = to_timestamp(queued_us / 1e6), connected_at = to_timestamp(connected_us / 1e6),
      flow = known.flow
    from (
      select call_id, min(at_us) filter (where fact->>'kind' = 'queued') as queued_us,
        min(at_us) filter (where fact->>'kind' = 'connected') as connected_us,
        (array_agg(fact->>'flow' order by at_us) filter (where fact->>'kind' = 'flow'))[1] as flow
      from call_facts where fact->>'kind' in ('queued', 'connected', 'flow')
      group by call_id
    ) as known
    where id = call_id;
    create index calls_lost on calls (invited_at)
      where direction = 'in' and queued_at is not null and connected_at is null and ended_at is not null;

    create table call_minutes (
      minute timestamptz not null,
      direction text not null,
      flow text not null,
      calls int not null,
      answered int not null,
      wanted int not null,
      reached int not null,
      soon int not null,
      lost int not null,
      menu_known int not null,
      menu_free int not null,
      longest_ms int,
      primary key (minute, direction, flow)
    );
    create table call_waits (
      quarter timestamptz not null,
      up_to_ms int not null,
      calls int not null,
      primary key (quarter, up_to_ms)
    );
    ${tally(`select ${counted}, 1 as sign from calls`, all)}

    create ${tallyFunction(counted, all)}
    create trigger calls_come after insert on calls
      referencing new table as come for each statement execute function tally_calls();
    create trigger calls_change after update on calls
      referencing new table as come old table as gone for each statement execute function tally_calls();`,
}
