import { z } from 'zod'
import {
  anyRow,
  type Database,
  type Forgetter,
  type Holding,
  listed,
  type Somebody,
  sql,
} from '../storage/index.ts'
import type { SurveyActions } from './actions.ts'

export const surveyHoldings: readonly Holding[] = [
  { name: 'campaigns', nobody: 'how campaigns stand, and who moved them' },
  {
    name: 'surveys',
    title: { 'zh-CN': '回访的号码', en: 'Numbers of survey calls' },
    what: 'numbers to be asked at; what was answered is nobody’s without them',
    kept: { until: 'the order is erased, or its person forgotten' },
  },
  {
    name: 'survey_attempts',
    title: { 'zh-CN': '回访的拨打记录', en: 'Attempts of survey calls' },
    what: 'numbers that were rung',
    kept: { until: 'the order is erased, or its person forgotten' },
  },
  { name: 'survey_links', nobody: 'hashes of links' },
  {
    name: 'survey_opt_outs',
    title: { 'zh-CN': '不接回访的号码', en: 'Who wants no survey calls' },
    what: 'numbers that want no such calls',
    kept: { until: 'their person is forgotten: it is their own wish' },
  },
]

const standing = z.object({ id: z.string(), order: z.string(), state: z.string() })

const ofNumber = ({ forms }: Pick<Somebody, 'forms'>) =>
  sql`(dial_number in ${listed(forms)} or text_number in ${listed(forms)})`

export function forgetsSurveys(
  database: Database,
  actions: Pick<SurveyActions, 'giveUp'>,
): readonly Forgetter[] {
  return [
    {
      name: 'surveys',
      export: person =>
        database.query(
          sql`select id, order_number, cycle, dial_number, text_number, closed_at, state, contacted, solved, rating
            from surveys where ${ofNumber(person)} order by id`,
          anyRow,
        ),
      async forget(person, held) {
        const found = await database.query(
          sql`select id, order_number as "order", state from surveys where ${ofNumber(person)} order by id`,
          standing,
        )
        const free = found.filter(({ order }) => !held.orders.includes(order))
        // A citizen to be forgotten is asked no more; a call ringing right now ends by itself.
        for (const { id, state } of free) if (state !== 'settled') await actions.giveUp(id)
        const count = await database.execute(sql`
          update surveys set dial_number = null, text_number = null
          where id in ${listed(free.map(({ id }) => id))} and state = 'settled'`)
        const ringing = free.filter(({ state }) => state === 'ringing')
        return {
          count,
          stayed: [
            ...ringing.map(({ order }) => ({ about: order, because: 'later' as const })),
            ...found
              .filter(({ order }) => held.orders.includes(order))
              .map(({ order }) => ({ about: order, because: 'held' as const })),
          ],
        }
      },
    },
    {
      name: 'survey_attempts',
      export: ({ forms }) =>
        database.query(
          sql`select survey, number, rung_at, ended_at, how from survey_attempts
            where number in ${listed(forms)} order by rung_at`,
          anyRow,
        ),
      forget: async ({ forms }, held) => ({
        count: await database.execute(sql`
          update survey_attempts set number = 'erased ' || survey || ' ' || attempt || case when redial then ' again' else '' end
          where number in ${listed(forms)} and survey in (
            select id from surveys where state = 'settled' and order_number not in ${listed(held.orders)})`),
      }),
    },
    {
      name: 'survey_opt_outs',
      export: ({ forms }) =>
        database.query(sql`select number, at from survey_opt_outs where number in ${listed(forms)}`, anyRow),
      forget: async ({ forms }) => ({
        count: await database.execute(sql`delete from survey_opt_outs where number in ${listed(forms)}`),
      }),
    },
  ]
}
