import { z } from 'zod'

/** The city as pages, programs and the terminal see it. */

const spansSchema = z
  .array(z.object({ fromMinute: z.number(), toMinute: z.number() }))
  .readonly()
  .describe('Minutes since midnight')

export const cityViewSchema = z
  .object({
    name: z.string().describe('Its name, as 北京市'),
    english: z.string().describe('Its name in English'),
    country: z.string().describe('ISO 3166-1, as CN'),
    areaCode: z.string().describe('As it is dialled within the country, as 010'),
    timeZone: z.string().describe('IANA, as Asia/Shanghai: days, hours and deadlines are told in it'),
    soonSeconds: z.number().describe('A caller who has a person within this time had one soon'),
    answerTarget: z.number().describe('Of those who want a person, the share that should reach one'),
    openingHours: z
      .object({ workday: spansSchema, restday: spansSchema, holiday: spansSchema })
      .describe('When people take calls, by the kind of day; none: closed all day'),
    districts: z
      .array(z.object({ name: z.string(), streets: z.array(z.string()).readonly() }))
      .readonly()
      .describe('With their streets, where the city’s file names them'),
  })
  .describe('Where the house is')

export type CityView = z.output<typeof cityViewSchema>
