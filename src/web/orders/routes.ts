import type {
  ErasureReason,
  ErasureShown,
  NewOrderRequest,
  OrderAct,
  OrderCounts,
  OrderDetail,
  OrderPage,
  OrderQuery,
  OrdersTogetherShown,
} from '../../http/contract.ts'

/** What this page asks. */
declare module '../house/routes.ts' {
  interface PageRoutes {
    'GET /api/orders': { query: Partial<OrderQuery>; answer: OrderPage }
    'GET /api/orders/counts': { answer: OrderCounts }
    'POST /api/orders': { body: NewOrderRequest; answer: OrderDetail }
    'GET /api/orders/{number}': { path: OfOrder; answer: OrderDetail }
    'GET /api/orders/{number}/together': { path: OfOrder; answer: OrdersTogetherShown }
    'GET /api/orders/erasures': { answer: { erasures: readonly ErasureShown[] } }
    'POST /api/orders/{number}/erasure': {
      path: OfOrder
      body: { because: ErasureReason }
      answer: undefined
    }
    'POST /api/orders/{number}/erasure/decision': {
      path: OfOrder
      body: { agreed: boolean }
      answer: undefined
    }
    'POST /api/orders/{number}/acts': { path: OfOrder; body: OrderAct; answer: OrderDetail }
    'POST /api/orders/{number}/contact-check': { path: OfOrder; body: object; answer: { untilMs: number } }
    'POST /api/orders/{number}/contact-check/answer': {
      path: OfOrder
      body: { code: string }
      answer: OrderDetail
    }
  }
}

type OfOrder = { number: string }
