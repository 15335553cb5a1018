// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {StatementId} from "../../contracts/Types.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Kind, Sample, Samples} from "./Samples.sol";

/// @notice Every signature that is not the author's own over this very statement, here and now, for each type.
contract AttacksSignaturesTest is Samples {
    /// @dev The order of secp256k1: s and ORDER - s sign alike.
    uint256 private constant ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    function invalid(Sample memory made) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParties.SignatureInvalid.selector, made.author, made.id);
    }

    function refuseSigned(Sample memory made, bytes memory authority) private {
        assertRefused(withSignature(made.call, authority), invalid(made));
    }

    function parts(Sample memory made) private view returns (uint8 v, bytes32 r, bytes32 s) {
        return vm.sign(keyOf[made.author], StatementId.unwrap(made.id));
    }

    /// @dev What is tried on a type would be recorded with the right signature: nothing else stands in its way.
    function assertRecordedAfterAll(Sample memory made) private {
        uint256 before = vm.snapshotState();
        assertRecorded(signedCall(made));
        vm.revertToState(before);
    }

    // ── Forged ──

    function test_each_type_forged_by_a_stranger_refused_SignatureInvalid() public {
        for (uint256 i; i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            refuseSigned(made, signed(stranger, made.id));
            assertRecordedAfterAll(made);
        }
    }

    function test_each_type_forged_by_the_registrar_refused_SignatureInvalid() public {
        for (uint256 i; i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            refuseSigned(made, signed(registrar, made.id));
        }
    }

    function test_each_type_signed_by_another_party_refused_SignatureInvalid() public {
        for (uint256 i; i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            refuseSigned(made, signed(maker, made.id));
        }
    }

    function test_each_type_with_the_signature_of_another_type_refused_SignatureInvalid() public {
        for (uint256 i; i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            StatementId other = sample(Kind((i + 1) % KINDS)).id;
            refuseSigned(made, signed(made.author, other));
        }
    }

    // ── Bent ──

    function test_each_type_with_a_high_s_refused_SignatureInvalid() public {
        for (uint256 i; i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            (uint8 v, bytes32 r, bytes32 s) = parts(made);
            bytes32 high = bytes32(ORDER - uint256(s));
            assertEq(ecrecover(StatementId.unwrap(made.id), 55 - v, r, high), made.author);
            refuseSigned(made, abi.encodePacked(r, high, 55 - v));
        }
    }

    function test_each_type_truncated_or_extended_refused_SignatureInvalid() public {
        for (uint256 i; i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            (uint8 v, bytes32 r, bytes32 s) = parts(made);
            refuseSigned(made, "");
            refuseSigned(made, abi.encodePacked(r));
            refuseSigned(made, abi.encodePacked(r, s));
            refuseSigned(made, abi.encodePacked(r, s, v, uint8(0)));
        }
    }

    function test_each_type_with_another_v_refused_SignatureInvalid() public {
        for (uint256 i; i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            (uint8 v, bytes32 r, bytes32 s) = parts(made);
            refuseSigned(made, abi.encodePacked(r, s, v - 27));
            refuseSigned(made, abi.encodePacked(r, s, 55 - v));
            refuseSigned(made, abi.encodePacked(r, s, v + 4));
        }
    }

    function test_each_type_with_zeros_refused_SignatureInvalid() public {
        for (uint256 i; i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            refuseSigned(made, new bytes(65));
            refuseSigned(made, abi.encodePacked(bytes32(0), bytes32(uint256(1)), uint8(27)));
            refuseSigned(made, abi.encodePacked(bytes32(uint256(1)), bytes32(0), uint8(27)));
        }
    }

    // ── Meant for elsewhere ──

    function test_each_type_meant_for_another_chain_or_contract_refused_SignatureInvalid() public {
        address other = address(deployed());
        for (uint256 i; i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            uint256 key = keyOf[made.author];
            refuseSigned(made, signature(key, digestFor(block.chainid + 1, address(ledger), made.structHash)));
            refuseSigned(made, signature(key, digestFor(block.chainid, other, made.structHash)));
            refuseSigned(made, signature(key, made.structHash));
            bytes32 message = keccak256(abi.encodePacked("\x19Ethereum Signed Message:\n32", made.structHash));
            refuseSigned(made, signature(key, message));
            assertRecordedAfterAll(made);
        }
    }

    /// @dev What was signed for this chain counts on no copy of it that has another id.
    function test_each_type_replayed_after_the_chain_forked_refused_SignatureInvalid() public {
        uint256 here = block.chainid;
        for (uint256 i; i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            bytes memory call = signedCall(made);
            bytes32 there = digestFor(here + 1, address(ledger), made.structHash);
            vm.chainId(here + 1);
            assertRefused(call, abi.encodeWithSelector(IParties.SignatureInvalid.selector, made.author, there));
            vm.chainId(here);
        }
    }

    // ── Late ──

    function test_each_type_past_recordBy_refused_StatementExpired() public {
        for (uint256 i; i < KINDS; ++i) {
            uint256 before = vm.snapshotState();
            Sample memory made = sample(Kind(i));
            vm.warp(uint256(made.recordBy) + 1);
            bytes memory refusal = abi.encodeWithSelector(
                IParties.StatementExpired.selector, made.recordBy, uint256(made.recordBy) + 1
            );
            assertRefused(signedCall(made), refusal);
            vm.warp(made.recordBy);
            assertRecorded(signedCall(made));
            vm.revertToState(before);
        }
    }

    // ── Twice ──

    /// @dev Once more, by another sender, a moment later, and after the same in a batch.
    function test_each_type_replayed_is_refused() public {
        for (uint256 i; i < KINDS; ++i) {
            uint256 before = vm.snapshotState();
            Sample memory made = sample(Kind(i));
            bytes memory call = signedCall(made);
            assertRecorded(call);
            vm.warp(timeNow() + 1);
            vm.recordLogs();
            vm.prank(stranger);
            (bool done,) = submitted(call);
            assertFalse(done);
            assertEq(vm.getRecordedLogs().length, 0);
            vm.revertToState(before);
        }
    }

    // ── Suspended ──

    function test_each_type_of_a_suspended_party_refused_unless_it_only_ends_something() public {
        for (uint256 i; i < KINDS; ++i) {
            uint256 before = vm.snapshotState();
            Sample memory made = sample(Kind(i));
            suspend(made.author);
            if (made.kind == Kind.Revocation || made.kind == Kind.KeyObjection) {
                assertRecorded(signedCall(made));
            } else {
                bytes memory refusal = abi.encodeWithSelector(IParties.PartyIsSuspended.selector, made.author);
                assertRefused(signedCall(made), refusal);
            }
            vm.revertToState(before);
        }
    }

    // ── Replaced ──

    function test_each_type_signed_by_the_key_before_refused_SignatureInvalid() public {
        for (uint256 i; i < KINDS; ++i) {
            if (Kind(i) == Kind.Observation) continue;
            uint256 before = vm.snapshotState();
            Sample memory made = sample(Kind(i));
            record(replacement(made.author, account("spare")));
            assertRefused(signedCall(made), invalid(made));
            vm.revertToState(before);
        }
    }
}
