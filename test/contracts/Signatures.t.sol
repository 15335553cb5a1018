// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {FacilityKind} from "../../contracts/Codes.sol";
import {
    Attestation,
    Birth,
    Dispatch,
    FacilityId,
    FacilityRegistration,
    Production,
    Receipt,
    Revocation,
    StatementId
} from "../../contracts/Types.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";
import {Parrot, Wallet} from "./Wallet.sol";

/// @notice Whose signature counts: the party's, over this statement, on this chain, for this contract.
contract SignaturesTest is Base {
    /// @dev The order of secp256k1: s and ORDER - s sign alike.
    uint256 private constant ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    function statementOf(address party) private view returns (FacilityRegistration memory) {
        return registration(party, FacilityKind.STORAGE);
    }

    function invalid(address party, StatementId id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParties.SignatureInvalid.selector, party, id);
    }

    function refuseSigned(FacilityRegistration memory statement, bytes memory authority) private {
        bytes memory refusal = invalid(statement.operator, idOf(statement));
        vm.expectRevert(refusal);
        ledger.recordFacilityRegistration(statement, authority);
    }

    function structHash(FacilityRegistration memory statement) private view returns (bytes32) {
        return hasher.hash(statement);
    }

    function test_anyone_submits_what_a_party_signed() public {
        FacilityRegistration memory statement = statementOf(maker);
        bytes memory authority = signed(maker, idOf(statement));
        vm.prank(stranger);
        ledger.recordFacilityRegistration(statement, authority);
    }

    // ── Forged ──

    function test_registration_refused_SignatureInvalid_forged() public {
        FacilityRegistration memory statement = statementOf(maker);
        refuseSigned(statement, signed(stranger, idOf(statement)));
    }

    function test_production_refused_SignatureInvalid_forged() public {
        Production memory statement = extraction(KG);
        StatementId id = idOf(statement);
        bytes memory forged = signed(stranger, id);
        vm.expectRevert(invalid(miner, id));
        ledger.recordProduction(statement, new Birth[](0), forged);
    }

    function test_dispatch_refused_SignatureInvalid_forged_by_the_consignee() public {
        Dispatch memory statement = dispatch(one(mined(KG)), mine, refinery);
        StatementId id = idOf(statement);
        bytes memory forged = signed(refiner, id);
        vm.expectRevert(invalid(miner, id));
        ledger.recordDispatch(statement, forged);
    }

    function test_receipt_refused_SignatureInvalid_forged_by_the_consignor() public {
        Dispatch memory dispatched = dispatch(one(mined(KG)), mine, refinery);
        record(dispatched);
        Receipt memory statement = receipt(refiner, dispatched, true);
        StatementId id = idOf(statement);
        bytes memory forged = signed(miner, id);
        vm.expectRevert(invalid(refiner, id));
        ledger.recordReceipt(statement, dispatched, forged);
    }

    function test_attestation_refused_SignatureInvalid_forged_by_the_subject() public {
        Attestation memory statement = attestation(FacilityId.unwrap(mine));
        StatementId id = idOf(statement);
        bytes memory forged = signed(miner, id);
        vm.expectRevert(invalid(auditor, id));
        ledger.recordAttestation(statement, forged);
    }

    function test_revocation_refused_SignatureInvalid_forged_by_the_subject() public {
        Attestation memory revoked = attestation(FacilityId.unwrap(mine));
        record(revoked);
        Revocation memory statement = revocation(auditor, revoked);
        StatementId id = idOf(statement);
        bytes memory forged = signed(miner, id);
        vm.expectRevert(invalid(auditor, id));
        ledger.recordRevocation(statement, revoked, forged);
    }

    function test_revocation_by_the_registrar_refused_SignatureInvalid_forged() public {
        Attestation memory revoked = attestation(FacilityId.unwrap(mine));
        record(revoked);
        Revocation memory statement = revocation(registrar, revoked);
        StatementId id = idOf(statement);
        bytes memory forged = signed(auditor, id);
        vm.expectRevert(invalid(registrar, id));
        ledger.recordRevocation(statement, revoked, forged);
    }

    // ── Bent ──

    function test_refused_SignatureInvalid_statement_changed() public {
        FacilityRegistration memory statement = statementOf(maker);
        bytes memory authority = signed(maker, idOf(statement));
        statement.country = 246;
        refuseSigned(statement, authority);
    }

    function test_refused_SignatureInvalid_high_s() public {
        FacilityRegistration memory statement = statementOf(maker);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf[maker], StatementId.unwrap(idOf(statement)));
        bytes32 high = bytes32(ORDER - uint256(s));
        assertEq(ecrecover(StatementId.unwrap(idOf(statement)), 55 - v, r, high), maker);
        refuseSigned(statement, abi.encodePacked(r, high, 55 - v));
    }

    function test_refused_SignatureInvalid_v_0_or_1() public {
        FacilityRegistration memory statement = statementOf(maker);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf[maker], StatementId.unwrap(idOf(statement)));
        refuseSigned(statement, abi.encodePacked(r, s, v - 27));
    }

    function test_refused_SignatureInvalid_truncated() public {
        FacilityRegistration memory statement = statementOf(maker);
        (, bytes32 r, bytes32 s) = vm.sign(keyOf[maker], StatementId.unwrap(idOf(statement)));
        refuseSigned(statement, abi.encodePacked(r, s));
    }

    function test_refused_SignatureInvalid_compact() public {
        FacilityRegistration memory statement = statementOf(maker);
        (bytes32 r, bytes32 vs) = vm.signCompact(keyOf[maker], StatementId.unwrap(idOf(statement)));
        refuseSigned(statement, abi.encodePacked(r, vs));
    }

    function test_refused_SignatureInvalid_trailing_byte() public {
        FacilityRegistration memory statement = statementOf(maker);
        refuseSigned(statement, abi.encodePacked(signed(maker, idOf(statement)), uint8(0)));
    }

    function test_refused_SignatureInvalid_empty() public {
        refuseSigned(statementOf(maker), "");
    }

    // ── Meant for elsewhere ──

    function test_refused_SignatureInvalid_other_chain() public {
        FacilityRegistration memory statement = statementOf(maker);
        bytes32 elsewhere = digestFor(block.chainid + 1, address(ledger), structHash(statement));
        refuseSigned(statement, signature(keyOf[maker], elsewhere));
    }

    function test_refused_SignatureInvalid_after_the_chain_forked() public {
        FacilityRegistration memory statement = statementOf(maker);
        bytes memory authority = signed(maker, idOf(statement));
        uint256 forked = 4_242;
        StatementId there = StatementId.wrap(digestFor(forked, address(ledger), structHash(statement)));
        vm.chainId(forked);
        vm.expectRevert(invalid(maker, there));
        ledger.recordFacilityRegistration(statement, authority);
    }

    function test_refused_SignatureInvalid_other_contract() public {
        FacilityRegistration memory statement = statementOf(maker);
        address other = address(deployed());
        bytes32 elsewhere = digestFor(block.chainid, other, structHash(statement));
        refuseSigned(statement, signature(keyOf[maker], elsewhere));
    }

    function test_refused_SignatureInvalid_struct_hash_alone() public {
        FacilityRegistration memory statement = statementOf(maker);
        refuseSigned(statement, signature(keyOf[maker], structHash(statement)));
    }

    // ── Smart accounts ──

    function test_wallet_signs_as_its_owner() public {
        address wallet = address(new Wallet(stranger));
        admit(wallet);
        FacilityRegistration memory statement = statementOf(wallet);
        bytes memory authority = signed(stranger, idOf(statement));
        FacilityId made = FacilityId.wrap(StatementId.unwrap(ledger.recordFacilityRegistration(statement, authority)));
        assertEq(ledger.facilityState(made).operator, wallet);
    }

    /// @dev A smart account that says yes if it gets 400,000 gas, and not a unit less or more.
    function meter() private returns (address wallet) {
        wallet = account("counts its gas");
        // GAS == 399,998, which is 2 less than it was called with; then the word that says yes.
        vm.etch(wallet, hex"5a62061a7e14631626ba7e60e01b0260005260206000f3");
        admit(wallet);
    }

    function test_smart_account_gets_400_000_gas_to_the_unit() public {
        ledger.recordFacilityRegistration(statementOf(meter()), "");
    }

    function test_smart_account_gets_all_its_gas_or_nothing_is_said_of_it() public {
        bytes memory call = abi.encodeCall(ledger.recordFacilityRegistration, (statementOf(meter()), ""));
        uint256 recorded;
        for (uint256 gasLimit = 400_000; gasLimit < 500_000; gasLimit += 499) {
            uint256 before = vm.snapshotState();
            (bool done, bytes memory reason) = address(ledger).call{gas: gasLimit}(call);
            if (done) ++recorded;
            else assertTrue(reason.length == 0 || bytes4(reason) == IParties.GasTooLow.selector);
            vm.revertToState(before);
        }
        assertGt(recorded, 0);
    }

    /// @dev Only who has code is asked, so that a stranger's signature never makes a batch want more gas.
    function test_refused_SignatureInvalid_with_little_gas() public {
        FacilityRegistration memory statement = statementOf(maker);
        bytes memory call =
            abi.encodeCall(ledger.recordFacilityRegistration, (statement, signed(stranger, idOf(statement))));
        (bool done, bytes memory reason) = address(ledger).call{gas: 100_000}(call);
        assertFalse(done);
        assertEq(reason, invalid(maker, idOf(statement)));
    }

    function test_key_counts_even_where_its_account_has_code() public {
        FacilityRegistration memory statement = statementOf(maker);
        vm.etch(maker, address(new Parrot(0, true)).code);
        record(statement);
    }

    function test_refused_SignatureInvalid_wallet_of_another_owner() public {
        address wallet = address(new Wallet(stranger));
        admit(wallet);
        FacilityRegistration memory statement = statementOf(wallet);
        refuseSigned(statement, signed(maker, idOf(statement)));
    }

    function test_refused_SignatureInvalid_contract_reverts() public {
        address parrot = address(new Parrot(IERC1271.isValidSignature.selector, true));
        admit(parrot);
        refuseSigned(statementOf(parrot), "");
    }

    function test_refused_SignatureInvalid_contract_answers_true() public {
        address parrot = address(new Parrot(bytes32(uint256(1)), false));
        admit(parrot);
        refuseSigned(statementOf(parrot), "");
    }

    function test_refused_SignatureInvalid_contract_answers_dirty_magic() public {
        address parrot = address(new Parrot(bytes32(IERC1271.isValidSignature.selector) | bytes32(uint256(1)), false));
        admit(parrot);
        refuseSigned(statementOf(parrot), "");
    }
}
