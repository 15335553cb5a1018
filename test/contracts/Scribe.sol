// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Attestation,
    Birth,
    Correction,
    Delegation,
    Dispatch,
    FacilityRegistration,
    KeyObjection,
    KeyReplacement,
    LotId,
    Observation,
    Production,
    Receipt,
    Revocation,
    StatementId
} from "../../contracts/Types.sol";
import {Hasher} from "./Hasher.sol";
import {Ledger} from "./Ledger.sol";
import {Test} from "./Test.sol";

/// @dev A lot as its holder knows it: its id, and the birth to present when it is spent.
struct Lot {
    LotId id;
    Birth birth;
}

/// @notice Signs and submits. `record` signs a statement with its author's key and records it; `refuse` does the same
/// and expects the refusal. The domain is computed here from its definition, not taken from the ledger.
abstract contract Scribe is Test {
    Ledger internal ledger;
    Hasher internal hasher;
    mapping(address account => uint256) internal keyOf;

    function account(string memory name) internal returns (address made) {
        uint256 key = uint256(keccak256(bytes(name)));
        made = vm.addr(key);
        keyOf[made] = key;
    }

    function domainSeparator(uint256 chainId, address verifyingContract) internal pure returns (bytes32) {
        bytes32 domainType =
            keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        return keccak256(abi.encode(domainType, keccak256("Lodebook"), keccak256("1"), chainId, verifyingContract));
    }

    function digest(bytes32 structHash) internal view returns (bytes32) {
        return digestFor(block.chainid, address(ledger), structHash);
    }

    function digestFor(uint256 chainId, address verifyingContract, bytes32 structHash)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encodePacked(hex"1901", domainSeparator(chainId, verifyingContract), structHash));
    }

    function signed(address author, StatementId id) internal view returns (bytes memory) {
        return signature(keyOf[author], StatementId.unwrap(id));
    }

    function birthsOf(Lot[] memory lots) internal pure returns (Birth[] memory shown) {
        shown = new Birth[](lots.length);
        for (uint256 i; i < lots.length; ++i) shown[i] = lots[i].birth;
    }

    // ── Ids ──

    function idOf(FacilityRegistration memory statement) internal view returns (StatementId) {
        return StatementId.wrap(digest(hasher.hash(statement)));
    }

    function idOf(Production memory statement) internal view returns (StatementId) {
        return StatementId.wrap(digest(hasher.hash(statement)));
    }

    function idOf(Dispatch memory statement) internal view returns (StatementId) {
        return StatementId.wrap(digest(hasher.hash(statement)));
    }

    function idOf(Receipt memory statement) internal view returns (StatementId) {
        return StatementId.wrap(digest(hasher.hash(statement)));
    }

    function idOf(Attestation memory statement) internal view returns (StatementId) {
        return StatementId.wrap(digest(hasher.hash(statement)));
    }

    function idOf(Revocation memory statement) internal view returns (StatementId) {
        return StatementId.wrap(digest(hasher.hash(statement)));
    }

    function idOf(Correction memory statement) internal view returns (StatementId) {
        return StatementId.wrap(digest(hasher.hashCorrection(statement)));
    }

    function idOf(Observation memory statement) internal view returns (StatementId) {
        return StatementId.wrap(digest(hasher.hash(statement)));
    }

    function idOf(Delegation memory statement) internal view returns (StatementId) {
        return StatementId.wrap(digest(hasher.hash(statement)));
    }

    function idOf(KeyReplacement memory statement) internal view returns (StatementId) {
        return StatementId.wrap(digest(hasher.hash(statement)));
    }

    function idOf(KeyObjection memory statement) internal view returns (StatementId) {
        return StatementId.wrap(digest(hasher.hash(statement)));
    }

    // ── Recorded ──

    function record(FacilityRegistration memory statement) internal returns (StatementId) {
        return ledger.recordFacilityRegistration(statement, signed(statement.operator, idOf(statement)));
    }

    function record(Production memory statement, Lot[] memory inputs) internal returns (StatementId) {
        return ledger.recordProduction(statement, birthsOf(inputs), signed(statement.custodian, idOf(statement)));
    }

    function record(Dispatch memory statement) internal returns (StatementId) {
        return ledger.recordDispatch(statement, signed(statement.consignor, idOf(statement)));
    }

    function record(Receipt memory statement, Dispatch memory dispatched) internal returns (StatementId) {
        return ledger.recordReceipt(statement, dispatched, signed(statement.party, idOf(statement)));
    }

    function record(Attestation memory statement) internal returns (StatementId) {
        return ledger.recordAttestation(statement, signed(statement.auditor, idOf(statement)));
    }

    function record(Revocation memory statement, Attestation memory revoked) internal returns (StatementId) {
        return ledger.recordRevocation(statement, revoked, signed(statement.author, idOf(statement)));
    }

    function record(Correction memory statement, Production memory corrected, Lot[] memory inputs)
        internal
        returns (StatementId)
    {
        bytes memory authority = signed(statement.author, idOf(statement));
        return ledger.recordCorrection(statement, corrected, birthsOf(inputs), authority);
    }

    function record(Observation memory statement) internal returns (StatementId) {
        return ledger.recordObservation(statement, signed(statement.device, idOf(statement)));
    }

    function record(Delegation memory statement) internal returns (StatementId) {
        return ledger.recordDelegation(statement, signed(statement.party, idOf(statement)));
    }

    function record(KeyReplacement memory statement) internal returns (StatementId) {
        return ledger.recordKeyReplacement(statement, signed(statement.party, idOf(statement)));
    }

    function record(KeyObjection memory statement) internal returns (StatementId) {
        return ledger.recordKeyObjection(statement, signed(statement.party, idOf(statement)));
    }

    // ── Refused ──

    function refuse(FacilityRegistration memory statement, bytes memory refusal) internal {
        bytes memory authority = signed(statement.operator, idOf(statement));
        vm.expectRevert(refusal);
        ledger.recordFacilityRegistration(statement, authority);
    }

    function refuse(Production memory statement, Lot[] memory inputs, bytes memory refusal) internal {
        bytes memory authority = signed(statement.custodian, idOf(statement));
        vm.expectRevert(refusal);
        ledger.recordProduction(statement, birthsOf(inputs), authority);
    }

    function refuse(Dispatch memory statement, bytes memory refusal) internal {
        bytes memory authority = signed(statement.consignor, idOf(statement));
        vm.expectRevert(refusal);
        ledger.recordDispatch(statement, authority);
    }

    function refuse(Receipt memory statement, Dispatch memory dispatched, bytes memory refusal) internal {
        bytes memory authority = signed(statement.party, idOf(statement));
        vm.expectRevert(refusal);
        ledger.recordReceipt(statement, dispatched, authority);
    }

    function refuse(Attestation memory statement, bytes memory refusal) internal {
        bytes memory authority = signed(statement.auditor, idOf(statement));
        vm.expectRevert(refusal);
        ledger.recordAttestation(statement, authority);
    }

    function refuse(Revocation memory statement, Attestation memory revoked, bytes memory refusal) internal {
        bytes memory authority = signed(statement.author, idOf(statement));
        vm.expectRevert(refusal);
        ledger.recordRevocation(statement, revoked, authority);
    }

    function refuse(
        Correction memory statement,
        Production memory corrected,
        Lot[] memory inputs,
        bytes memory refusal
    ) internal {
        bytes memory authority = signed(statement.author, idOf(statement));
        vm.expectRevert(refusal);
        ledger.recordCorrection(statement, corrected, birthsOf(inputs), authority);
    }

    function refuse(Observation memory statement, bytes memory refusal) internal {
        bytes memory authority = signed(statement.device, idOf(statement));
        vm.expectRevert(refusal);
        ledger.recordObservation(statement, authority);
    }

    function refuse(Delegation memory statement, bytes memory refusal) internal {
        bytes memory authority = signed(statement.party, idOf(statement));
        vm.expectRevert(refusal);
        ledger.recordDelegation(statement, authority);
    }

    function refuse(KeyReplacement memory statement, bytes memory refusal) internal {
        bytes memory authority = signed(statement.party, idOf(statement));
        vm.expectRevert(refusal);
        ledger.recordKeyReplacement(statement, authority);
    }

    function refuse(KeyObjection memory statement, bytes memory refusal) internal {
        bytes memory authority = signed(statement.party, idOf(statement));
        vm.expectRevert(refusal);
        ledger.recordKeyObjection(statement, authority);
    }
}
