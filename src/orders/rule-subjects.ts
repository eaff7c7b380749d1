import { territoryOf } from '../catalogue/index.ts'
import { createLive, Fault, type LiveValue, liveMap } from '../foundation/index.ts'
import { type RuleSubject, ruleSubject } from '../rulebook/index.ts'
import { type Channel, readChannels } from './channels/channels.ts'
import { type ClosingRules, readClosingText } from './checking/rules.ts'
import { writeLimit } from './limit.ts'
import { type Profile, readProfile, writeAll } from './profile.ts'
import { type RepeatRules, readRepeatRules } from './repeating/rules.ts'
import { type ReturnGround, readGrounds } from './returning/grounds.ts'
import { byId, type OrderRules, readUnits, type UnitRules } from './rules.ts'
import { readTemplates, type UnitTemplate } from './ruling/templates.ts'
import { type LevelRules, readLevels, writeLevels } from './supervising/levels.ts'

/** The rules of orders, replaceable at run time; the map of units always reads the current ones. */
export function createLiveRules(first: OrderRules): LiveValue<OrderRules> {
  const live = createLive(first)
  const units = liveMap(() => live.current().units)
  const value: OrderRules = {
    get profile() {
      return live.current().profile
    },
    units,
    get categories() {
      return live.current().categories
    },
    get evidence() {
      return live.current().evidence
    },
    get supervision() {
      return live.current().supervision
    },
    get grounds() {
      return live.current().grounds
    },
    get territory() {
      return live.current().territory
    },
    get dispatch() {
      return live.current().dispatch
    },
    get templates() {
      return live.current().templates
    },
    get channels() {
      return live.current().channels
    },
    get repeats() {
      return live.current().repeats
    },
    get closings() {
      return live.current().closings
    },
    get levels() {
      return live.current().levels
    },
  }
  return { ...live, value }
}

/**
 * The subject of units: whom texts reach, and what citizens are told about them.
 * @param isNamed whether anything still refers to a unit, which then cannot be removed
 */
export const unitsSubject = (
  rules: LiveValue<OrderRules>,
  file: string,
  isNamed: (unit: string) => Promise<boolean>,
): RuleSubject =>
  ruleSubject<UnitRules>({
    name: 'units',
    file,
    first: rules.current(),
    read: readUnits,
    write: ({ units, supervision }) => ({ units: [...units.values()], supervision }),
    async guard(next, before) {
      const gone = [...before.units.values()].filter(({ id }) => !next.units.has(id))
      const named = await Promise.all(gone.map(async unit => ((await isNamed(unit.id)) ? [unit] : [])))
      return named
        .flat()
        .map(({ id, name }) =>
          refused('units.json units', `${id} (${name}), which is gone`, 'a unit that nothing names any more'),
        )
    },
    hold: ({ units, supervision }) =>
      rules.use({ ...rules.current(), units, supervision, territory: territoryOf(units.values()) }),
  })

/** The subject of grounds for returns. A removed ground stays readable in histories. */
export const groundsSubject = (rules: LiveValue<OrderRules>, file: string): RuleSubject =>
  ruleSubject<readonly ReturnGround[]>({
    name: 'grounds',
    file,
    first: [...rules.current().grounds.values()],
    read: readGrounds,
    write: grounds => ({ grounds }),
    hold: grounds => rules.use({ ...rules.current(), grounds: byId(grounds) }),
  })

/** The subject of text templates for units. */
export const templatesSubject = (rules: LiveValue<OrderRules>, file: string): RuleSubject =>
  ruleSubject<readonly UnitTemplate[]>({
    name: 'templates',
    file,
    first: rules.current().templates,
    read: readTemplates,
    write: templates => ({ templates }),
    hold: templates => rules.use({ ...rules.current(), templates }),
  })

/** The subject of channels for what is beyond a unit's duty. A removed channel stays readable in histories. */
export const channelsSubject = (rules: LiveValue<OrderRules>, file: string): RuleSubject =>
  ruleSubject<readonly Channel[]>({
    name: 'channels',
    file,
    first: [...rules.current().channels.values()],
    read: readChannels,
    write: channels => ({ channels }),
    hold: channels => rules.use({ ...rules.current(), channels: byId(channels) }),
  })

/** The subject of closing checks: stock phrases, words that name a person, and the shares to review. */
export const closingsSubject = (rules: LiveValue<OrderRules>, file: string): RuleSubject =>
  ruleSubject<ClosingRules>({
    name: 'closings',
    file,
    first: rules.current().closings,
    read: readClosingText,
    write: closings => closings,
    hold: closings => rules.use({ ...rules.current(), closings }),
  })

/** The subject of supervision levels: who issues instructions, and how long units have to answer. */
export const levelsSubject = (rules: LiveValue<OrderRules>, file: string): RuleSubject =>
  ruleSubject<LevelRules>({
    name: 'levels',
    file,
    first: rules.current().levels,
    read: readLevels,
    write: writeLevels,
    hold: levels => rules.use({ ...rules.current(), levels }),
  })

/** The subject of rules for repeated demands. */
export const repeatsSubject = (rules: LiveValue<OrderRules>, file: string): RuleSubject =>
  ruleSubject<RepeatRules>({
    name: 'repeats',
    file,
    first: rules.current().repeats,
    read: readRepeatRules,
    write: repeats => repeats,
    hold: repeats => rules.use({ ...rules.current(), repeats }),
  })

/** The subject of the city's limits. Each order keeps the limits from when it was made. */
export const limitsSubject = (rules: LiveValue<OrderRules>, file: string): RuleSubject =>
  ruleSubject<Profile>({
    name: 'limits',
    file,
    first: rules.current().profile,
    read: readProfile,
    write: writeProfile,
    guard: ({ handling: { urgent, ...others } }) => [
      ...(urgent.measure === 'working'
        ? [
            refused(
              'limits.json handling.urgent',
              'working days',
              'natural time: an emergency waits for no working day',
            ),
          ]
        : []),
      ...Object.entries(others).flatMap(([name, { ms }]) =>
        urgent.ms > ms
          ? [refused('limits.json handling.urgent', `longer than ${name}`, 'the shortest of all limits')]
          : [],
      ),
    ],
    hold: profile => rules.use({ ...rules.current(), profile }),
  })

const writeProfile = ({
  dispatch,
  handling,
  sign,
  elderFeedback,
  returns,
  personRings,
  help,
  question,
  ...profile
}: Profile) => ({
  ...profile,
  dispatch: writeAll(dispatch),
  handling: writeAll(handling),
  sign: sign && writeAll(sign),
  elderFeedback: writeLimit(elderFeedback),
  returns: {
    within: writeLimit(returns.within),
    most: returns.most,
    review: writeAll(returns.review),
    site: writeLimit(returns.site),
  },
  help: writeAll(help),
  question: writeLimit(question),
  personRings: writeLimit(personRings),
})

const refused = (place: string, found: string, expected: string) =>
  new Fault({ code: 'rule-invalid', place, found, expected })
