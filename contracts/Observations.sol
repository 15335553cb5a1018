// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Attestations} from "./Attestations.sol";
import {Scope} from "./Codes.sol";
import {Observation, PartyState, StatementId} from "./Types.sol";
import {IObservations} from "./interfaces/IObservations.sol";
import {Calldata, Sizes} from "./libraries/Calldata.sol";
import {Forms} from "./libraries/Forms.sol";
import {Statements} from "./libraries/Statements.sol";
import {Words} from "./libraries/Words.sol";

/// @title Observations
abstract contract Observations is Attestations, IObservations {
    mapping(address observer => mapping(address device => mapping(bytes32 subject => StatementId))) private _tails;

    /// @inheritdoc IObservations
    function recordObservation(Observation calldata statement, bytes calldata signature)
        external
        returns (StatementId id)
    {
        Forms.check(statement);
        PartyState memory observer = _requireActive(statement.observer);
        id = _authorizeDevice(
            statement.observer,
            observer,
            statement.device,
            Scope.OBSERVATION,
            Statements.hash(statement),
            statement.recordBy,
            signature
        );
        _requireNotInFuture(statement.until);
        bool isFirst = _append(id, statement);
        if (isFirst) _extendTrail(statement.subject, id);
        Words.log(
            ObservationRecorded.selector,
            id,
            Calldata.startOf(statement),
            Sizes.OBSERVATION,
            statement.device,
            signature
        );
    }

    /// @inheritdoc IObservations
    function tail(address observer, address device, bytes32 subject) external view returns (StatementId) {
        return _tails[observer][device][subject];
    }

    function _append(StatementId id, Observation calldata statement) private returns (bool isFirst) {
        mapping(bytes32 => StatementId) storage tails = _tails[statement.observer][statement.device];
        StatementId present = tails[statement.subject];
        if (StatementId.unwrap(statement.previous) != StatementId.unwrap(present)) {
            revert TailStale(present, statement.previous);
        }
        tails[statement.subject] = id;
        return StatementId.unwrap(present) == 0;
    }
}
