// Types of review-validators.js, which scripts/validators.mjs writes next to the compiled code from schemas/.
import type { Validator } from './validators.js'

export declare const validateReview: Validator
