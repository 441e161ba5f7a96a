// Types of pack-validators.js, which scripts/validators.mjs writes next to the compiled code from schemas/.
import type { Validator } from './validators.js'

export declare const validatePack: Validator
