import { z } from 'zod'

/** The rules of orders. */
export const ordersSettings = {
  /** Where the rules of orders lie: profiles.json, units.json, catalogue.json. */
  ORDER_RULES_DIR: z.string().default('./order-rules'),
  /** Whose limits hold, of profiles.json. */
  ORDER_PROFILE: z.string().default('beijing'),
  /** Statuses of orders by number, YAML or JSON, for callers who ask about another system's. */
  ORDER_STATUS_FILE: z.string().optional(),
}
