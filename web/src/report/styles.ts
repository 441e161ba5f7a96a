import controls from '../styles/controls.css?inline'
import base from '../styles/base.css?inline'
import tables from '../styles/tables.css?inline'
import tokens from '../styles/tokens.css?inline'
import frame from '../code/code-frame.css?inline'
import parts from '../parts/parts.css?inline'
import shape from '../parts/shape.css?inline'
import print from '../styles/print.css?inline'
import report from './report.css?inline'

/** The pages' own styles, and what a document without them around needs. */
export const styles = [tokens, base, controls, tables, parts, shape, frame, report, print].join('\n')
