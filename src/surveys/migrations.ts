import { adopting } from '../ledger/index.ts'
import type { Migration } from '../storage/index.ts'

export const surveyMigrations: readonly Migration[] = [
  {
    name: 'surveys-1-surveys',
    formerly: 'callbacks-1-surveys',
    sql: `
      create table campaigns (
        name text primary key,
        state text not null check (state in ('running', 'paused', 'stopped')),
        because text not null default '',
        changed_by text not null default '',
        started_at timestamptz not null default now()
      );
      create table surveys (
        id text primary key,
        campaign text not null references campaigns,
        order_number text not null,
        cycle int not null,
        dial_number text,
        text_number text,
        elder boolean not null,
        language text,
        unit text not null,
        category text not null,
        street text not null,
        closed_at timestamptz not null,
        state text not null,
        next_at timestamptz,
        reached boolean not null default false,
        contacted text,
        solved text,
        rating int,
        settled text,
        settled_at timestamptz,
        excluded boolean not null default false,
        unique (order_number, cycle)
      );
      -- One for each question that a round asks, so that a hundred thousand owed ones are not in the way of the others.
      create index surveys_to_ring on surveys (next_at) where state = 'owed' and dial_number is not null;
      create index surveys_to_text on surveys (next_at) where state = 'owed' and dial_number is null;
      create index surveys_over on surveys (next_at) where state <> 'owed' and next_at is not null;
      create index surveys_ringing on surveys (campaign) where state = 'ringing';
      create index surveys_closed on surveys (closed_at);
      create table survey_attempts (
        survey text not null references surveys,
        attempt int not null,
        redial boolean not null,
        number text not null,
        half_day text not null,
        rung_at timestamptz not null,
        ended_at timestamptz,
        how text,
        person_served boolean,
        person_waited_ms int
      );
      -- Whatever else goes wrong, the database itself lets no number be rung twice in a half-day.
      create unique index survey_attempts_once on survey_attempts (number, half_day, redial)
        where how is distinct from 'not-rung';
      create index survey_attempts_survey on survey_attempts (survey);
      create index survey_attempts_rung on survey_attempts (rung_at);
      create table survey_chains (
        lane int primary key,
        seq int8 not null,
        hash text not null
      );
      create table survey_events (
        lane int not null,
        seq int8 not null,
        survey text not null,
        at_ms int8 not null,
        event jsonb not null,
        hash text not null,
        primary key (lane, seq)
      );
      create index survey_events_survey on survey_events (survey);
      create table survey_links (
        token_hash text primary key,
        survey text not null references surveys,
        until_at timestamptz not null
      );
      create table survey_opt_outs (
        number text primary key,
        at timestamptz not null
      );
      insert into campaigns (name, state) values ('closed-orders', 'running');`,
  },
  {
    name: 'surveys-2-exclusions',
    formerly: 'callbacks-2-exclusions',
    sql: `
      create index survey_events_exclusions on survey_events (at_ms)
        where event ->> 'kind' in ('exclusion-asked', 'exclusion-decided');`,
  },
  {
    // Citizens led to a person because no prompt could be spoken had not asked for one.
    name: 'surveys-3-asked',
    sql: `
      alter table survey_attempts add column person_asked boolean not null default false;
      update survey_attempts set person_asked = true where person_served is not null;`,
  },
  {
    // From here on, surveys' events are in the ledger. Each closing has its events in order, in its chain.
    name: 'surveys-4-ledger',
    sql: `
      insert into ledger_events (room, stream, place, at_ms, kind, body, salt)
        select 'surveys', survey, row_number() over (partition by survey order by seq), at_ms, event ->> 'kind',
          (event - 'kind')::text, gen_random_uuid()::text
        from survey_events;
      insert into ledger_events (room, stream, place, at_ms, kind, body, salt)
        select 'surveys', survey,
          (select count(*) from survey_events e where e.survey = survey_links.survey)
            + row_number() over (partition by survey order by token_hash),
          floor(extract(epoch from until_at) * 1000)::int8, 'link-made', json_build_object('tokenHash', token_hash,
            'untilMs', floor(extract(epoch from until_at) * 1000)::int8)::text, gen_random_uuid()::text
        from survey_links;
      ${adopting('surveys')}
      drop table survey_events;
      drop table survey_chains;
      create index ledger_events_exclusions on ledger_events (at_ms)
        where room = 'surveys' and kind in ('exclusion-asked', 'exclusion-decided');
      -- Audits go through them in the order of the ledger's streams.
      create index surveys_in_order on surveys (id collate "C");
      create index survey_attempts_in_order on survey_attempts (survey collate "C");
      create index survey_links_in_order on survey_links (survey collate "C");`,
  },
  {
    // Closings of what is beyond a unit's duty; older ones have none.
    name: 'surveys-5-referred',
    sql: 'alter table surveys add column referred boolean not null default false',
  },
]
