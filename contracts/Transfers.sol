// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Scope} from "./Codes.sol";
import {Productions} from "./Productions.sol";
import {
    Dispatch,
    LotHead,
    LotId,
    LotStatus,
    LotTrace,
    PartyState,
    Receipt,
    Received,
    StatementId
} from "./Types.sol";
import {ILots} from "./interfaces/ILots.sol";
import {Calldata} from "./libraries/Calldata.sol";
import {Forms} from "./libraries/Forms.sol";
import {LotWord} from "./libraries/LotWord.sol";
import {Statements} from "./libraries/Statements.sol";
import {Words} from "./libraries/Words.sol";

/// @title Dispatch and receipt
abstract contract Transfers is Productions {
    /// @inheritdoc ILots
    function recordDispatch(Dispatch calldata statement, bytes calldata signature)
        external
        returns (StatementId id)
    {
        address signer;
        Forms.check(statement);
        PartyState memory author = _requireActive(statement.consignor);
        (id, signer) = _authorize(
            statement.consignor, author, Scope.DISPATCH, Statements.hash(statement), statement.recordBy, signature
        );
        _requireRecent(statement.occurredAt);
        _requireActive(statement.consignee);
        _requireOperated(statement.from, statement.consignor);
        _requireOperated(statement.to, statement.consignee);
        _send(id, statement);
        Words.logDynamic(
            DispatchRecorded.selector,
            id,
            Calldata.startOf(statement),
            Calldata.lengthOf(statement),
            signer,
            signature
        );
    }

    /// @inheritdoc ILots
    function recordReceipt(Receipt calldata statement, Dispatch calldata dispatched, bytes calldata signature)
        external
        returns (StatementId id)
    {
        address signer;
        Forms.check(statement);
        PartyState memory author =
            statement.accepted ? _requireActive(statement.party) : _requireParty(statement.party);
        (id, signer) = _authorize(
            statement.party, author, Scope.RECEIPT, Statements.hash(statement), statement.recordBy, signature
        );
        _requireWitness(statement.dispatch, Statements.hash(dispatched));
        _requireMayReceive(statement, dispatched);
        _requireRecent(statement.occurredAt);
        _receive(id, statement);
        Words.logDynamic(
            ReceiptRecorded.selector,
            id,
            Calldata.startOf(statement),
            Calldata.lengthOf(statement),
            signer,
            signature
        );
    }

    function _send(StatementId id, Dispatch calldata statement) private {
        LotHead[] calldata lots = statement.lots;
        (address consignor, uint40 occurredAt) = (statement.consignor, statement.occurredAt);
        for (uint256 i; i < lots.length; ++i) {
            LotWord state = _requireHeld(lots, i, consignor, occurredAt);
            state = state.next(consignor, occurredAt, LotStatus.InTransit, LotTrace.Dispatched);
            _touch(lots[i].lot, state, id);
        }
    }

    function _receive(StatementId id, Receipt calldata statement) private {
        Received[] calldata lots = statement.lots;
        for (uint256 i; i < lots.length; ++i) {
            LotWord state = _requireDispatched(id, statement, lots[i].lot, i);
            address custodian = statement.accepted ? statement.party : state.custodian();
            state = state.next(custodian, statement.occurredAt, LotStatus.Held, LotTrace.Dispatched);
            _touch(lots[i].lot, state, id);
        }
    }

    function _requireMayReceive(Receipt calldata statement, Dispatch calldata dispatched) private view {
        if (statement.party == dispatched.consignee) return;
        if (statement.accepted || statement.party != dispatched.consignor) {
            revert ReceiptNotByConsignee(dispatched.consignee, statement.party);
        }
        if (block.timestamp < dispatched.recallFrom) revert RecallTooEarly(dispatched.recallFrom, block.timestamp);
    }

    /// @dev A lot whose head is a dispatch is in transit: only a receipt ends either. Where an entry after the first
    /// meets this receipt as the head, an earlier entry put it there.
    function _requireDispatched(StatementId id, Receipt calldata statement, LotId lot, uint256 i)
        private
        view
        returns (LotWord state)
    {
        state = _lotState(lot);
        if (state.status() == LotStatus.None) revert LotUnknown(lot);
        bytes32 present = _headOf(lot, state);
        if (i > 0 && present == StatementId.unwrap(id)) revert LotListedTwice(lot);
        if (present != StatementId.unwrap(statement.dispatch)) revert DispatchNotHead(lot, present, statement.dispatch);
        _requireAfter(lot, state.occurredAt(), statement.occurredAt);
    }
}
