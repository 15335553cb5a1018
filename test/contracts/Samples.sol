// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {FacilityKind, Process, Scope} from "../../contracts/Codes.sol";
import {
    Attestation,
    Correction,
    Delegation,
    Dispatch,
    FacilityId,
    FacilityRegistration,
    KeyObjection,
    KeyReplacement,
    Observation,
    Production,
    Receipt,
    Revocation,
    StatementId
} from "../../contracts/Types.sol";
import {Base} from "./Base.sol";
import {Decoder} from "./Decoder.sol";
import {Lot} from "./Scribe.sol";

enum Kind {
    FacilityRegistration,
    Production,
    Dispatch,
    Receipt,
    Correction,
    Observation,
    Attestation,
    Revocation,
    Delegation,
    KeyReplacement,
    KeyObjection
}

/// @param author The party that signs.
/// @param scope The bit that lets a delegate sign it; 0 = only the party's own key.
/// @param call Calldata with an empty signature, which comes last.
struct Sample {
    Kind kind;
    address author;
    uint16 scope;
    StatementId id;
    bytes32 structHash;
    uint40 recordBy;
    bytes call;
}

/// @notice One statement of each type, whole, that the ledger records once its author signs it: what must hold for all
/// types alike is tried on all of them.
abstract contract Samples is Base, Decoder {
    uint256 internal constant KINDS = uint256(type(Kind).max) + 1;

    /// @dev The device of the sampled observation; the observer is the miner.
    address internal device = miner;

    function sample(Kind kind) internal returns (Sample memory made) {
        if (kind == Kind.FacilityRegistration) made = _registration();
        else if (kind == Kind.Production) made = _production();
        else if (kind == Kind.Dispatch) made = _dispatch();
        else if (kind == Kind.Receipt) made = _receipt();
        else if (kind == Kind.Correction) made = _correction();
        else if (kind == Kind.Observation) made = _observation();
        else if (kind == Kind.Attestation) made = _attestation();
        else if (kind == Kind.Revocation) made = _revocation();
        else if (kind == Kind.Delegation) made = _delegation();
        else if (kind == Kind.KeyReplacement) made = _keyReplacement();
        else made = _keyObjection();
        made.kind = kind;
        made.id = StatementId.wrap(digest(made.structHash));
        made.recordBy = timeNow() + 1 days;
    }

    /// @dev The call with that signature in the place of the empty one: it comes last, so that nothing moves.
    function withSignature(bytes memory call, bytes memory authority) internal pure returns (bytes memory) {
        bytes memory encoded = abi.encode(authority);
        bytes memory tail = new bytes(encoded.length - 32);
        for (uint256 i; i < tail.length; ++i) tail[i] = encoded[i + 32];
        return bytes.concat(without(call, 32), tail);
    }

    /// @dev The call less its last bytes.
    function without(bytes memory call, uint256 length) internal pure returns (bytes memory cut) {
        cut = new bytes(call.length - length);
        for (uint256 i; i < cut.length; ++i) cut[i] = call[i];
    }

    function signedCall(Sample memory made) internal view returns (bytes memory) {
        return signedCall(made, made.author);
    }

    function signedCall(Sample memory made, address signer) internal view returns (bytes memory) {
        return withSignature(made.call, signed(signer, made.id));
    }

    function submitted(bytes memory call) internal returns (bool done, bytes memory reason) {
        return address(ledger).call(call);
    }

    function assertRecorded(bytes memory call) internal {
        (bool done,) = submitted(call);
        assertTrue(done, "recorded");
    }

    function assertRefused(bytes memory call, bytes memory refusal) internal {
        (bool done, bytes memory reason) = submitted(call);
        assertFalse(done, "refused");
        assertEq(reason, refusal);
    }

    // ── One of each type ──

    function _registration() private view returns (Sample memory made) {
        FacilityRegistration memory statement = registration(miner, FacilityKind.STORAGE);
        (made.author, made.scope, made.structHash) = (miner, Scope.FACILITY_REGISTRATION, hasher.hash(statement));
        made.call = abi.encodeCall(ledger.recordFacilityRegistration, (statement, ""));
    }

    /// @dev Two inputs, two outputs, of which one has two pairs.
    function _production() private returns (Sample memory made) {
        Lot[] memory ores = two(mined(KG), mined(2 * KG));
        Production memory statement = production(
            miner,
            mine,
            Process.BLEND,
            ores,
            yielding(goods(2 * KG, primaryCobalt(KG)), goods(3 * KG, primaryCobalt(2 * KG)))
        );
        (made.author, made.scope, made.structHash) = (miner, Scope.PRODUCTION, hasher.hash(statement));
        made.call = abi.encodeCall(ledger.recordProduction, (statement, birthsOf(ores), ""));
    }

    function _dispatch() private returns (Sample memory made) {
        Dispatch memory statement = dispatch(two(mined(KG), mined(2 * KG)), mine, refinery);
        (made.author, made.scope, made.structHash) = (miner, Scope.DISPATCH, hasher.hash(statement));
        made.call = abi.encodeCall(ledger.recordDispatch, (statement, ""));
    }

    function _receipt() private returns (Sample memory made) {
        Dispatch memory sent = dispatch(two(mined(KG), mined(2 * KG)), mine, refinery);
        record(sent);
        Receipt memory statement = receipt(refiner, sent, true);
        statement.lots[1].milligrams = 2 * KG - 1;
        (made.author, made.scope, made.structHash) = (refiner, Scope.RECEIPT, hasher.hash(statement));
        made.call = abi.encodeCall(ledger.recordReceipt, (statement, sent, ""));
    }

    function _correction() private returns (Sample memory made) {
        Lot[] memory ores = two(mined(KG), mined(2 * KG));
        Production memory corrected =
            production(miner, mine, Process.BLEND, ores, yielding(goods(2 * KG, primaryCobalt(KG))));
        record(corrected, ores);
        Correction memory statement = correction(corrected);
        (made.author, made.scope, made.structHash) = (miner, Scope.CORRECTION, hasher.hashCorrection(statement));
        made.call = abi.encodeCall(ledger.recordCorrection, (statement, corrected, birthsOf(ores), ""));
    }

    function _observation() private view returns (Sample memory made) {
        Observation memory statement = observation(miner, device, FacilityId.unwrap(mine));
        (made.author, made.scope, made.structHash) = (miner, Scope.OBSERVATION, hasher.hash(statement));
        made.call = abi.encodeCall(ledger.recordObservation, (statement, ""));
    }

    function _attestation() private view returns (Sample memory made) {
        Attestation memory statement = attestation(FacilityId.unwrap(mine));
        (made.author, made.scope, made.structHash) = (auditor, Scope.ATTESTATION, hasher.hash(statement));
        made.call = abi.encodeCall(ledger.recordAttestation, (statement, ""));
    }

    function _revocation() private returns (Sample memory made) {
        Attestation memory revoked = attestation(FacilityId.unwrap(mine));
        revoked.evidence = serial();
        record(revoked);
        Revocation memory statement = revocation(auditor, revoked);
        (made.author, made.scope, made.structHash) = (auditor, Scope.REVOCATION, hasher.hash(statement));
        made.call = abi.encodeCall(ledger.recordRevocation, (statement, revoked, ""));
    }

    function _delegation() private view returns (Sample memory made) {
        Delegation memory statement = delegation(miner, stranger, Scope.DISPATCH);
        (made.author, made.structHash) = (miner, hasher.hash(statement));
        made.call = abi.encodeCall(ledger.recordDelegation, (statement, ""));
    }

    function _keyReplacement() private view returns (Sample memory made) {
        KeyReplacement memory statement = replacement(miner, stranger);
        (made.author, made.structHash) = (miner, hasher.hash(statement));
        made.call = abi.encodeCall(ledger.recordKeyReplacement, (statement, ""));
    }

    function _keyObjection() private returns (Sample memory made) {
        vm.prank(registrar);
        ledger.proposeKey(miner, stranger, 0);
        KeyObjection memory statement = objection(miner);
        (made.author, made.structHash) = (miner, hasher.hash(statement));
        made.call = abi.encodeCall(ledger.recordKeyObjection, (statement, ""));
    }
}
