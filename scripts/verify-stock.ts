import { parseArgs } from 'node:util';
import { connect } from '../store/connect';
import { findCreditDifferences } from '../store/payment/find-credit-differences';
import { findStockDifferences } from '../store/stock/find-stock-differences';
import { textTable } from './text-table';
import { databaseUrlOf } from './running-database';
