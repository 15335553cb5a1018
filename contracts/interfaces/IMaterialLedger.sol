// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAttestations} from "./IAttestations.sol";
import {IFacilities} from "./IFacilities.sol";
import {ILots} from "./ILots.sol";
import {IParties} from "./IParties.sol";

/// @title The ledger
/// @notice One contract, one event stream. What every event guarantees:
/// 1. Every change of state emits exactly one event, and folding the events in order gives the state.
/// 2. A statement's event carries the whole statement, its signer and signature; its `id` is the EIP-712 digest.
/// 3. A statement id occurs in at most one event.
/// 4. What a statement names (lots, heads, dispatch, facility, attestation, parties) was recorded by an earlier event.
interface IMaterialLedger is IParties, IFacilities, ILots, IAttestations {}
