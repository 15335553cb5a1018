// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestations} from "./IAttestations.sol";
import {IFacilities} from "./IFacilities.sol";
import {IKeys} from "./IKeys.sol";
import {ILots} from "./ILots.sol";
import {IObservations} from "./IObservations.sol";
import {IParties} from "./IParties.sol";

/// @title The ledger
/// @notice One contract, one event stream. What every event guarantees:
/// 1. Every change of state emits exactly one event, and folding the events in order gives the state.
/// 2. A statement's event carries the whole statement, its signer and signature; its `id` is the EIP-712 digest.
/// 3. A statement id occurs in at most one event.
/// 4. What a statement names (lots, heads, dispatch, production, facility, attestation, parties, previous observation) was
/// recorded by an earlier event. The subject of an observation alone may come later, or never.
interface IMaterialLedger is IParties, IKeys, IFacilities, ILots, IAttestations, IObservations {
    /// @notice The call at `index` was refused; `reason` is the revert's data. Its neighbours stand. Not a change of
    /// state: the indexer skips it.
    event Refused(uint256 index, bytes reason);

    /// @notice Anyone: makes many calls of this ledger, each as if it were sent alone: one that is refused leaves no
    /// trace but a Refused event. Reverts with GasTooLow, and records nothing, where the gas does not reach the end: a
    /// call that lacked gas is never taken for a refused one.
    /// @param calls Calldata of this contract's functions: recordProduction and so on.
    function submit(bytes[] calldata calls) external;
}
