// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {RawCalls} from "./RawCalls.sol";
import {Kind, Sample} from "./Samples.sol";

/// @notice Calldata that is not what a compiler makes: each word of each statement bent, parts that overlap, gaps. It is
/// refused, or harmless: the event then is what abi.encode makes of what was signed.
contract AttacksEncodingTest is RawCalls {
    /// @dev What a refused call may cost, however long its arrays pretend to be.
    uint256 private constant MAX_GAS = 1_000_000;

    // ── Dirty upper bits ──

    /// @dev (position, bits) of each word of the statement that is narrower than 32 bytes.
    function narrow(Kind kind) private pure returns (uint16[2][] memory fields) {
        if (kind == Kind.FacilityRegistration) return listed(hex"00a0_0108_0210_0428");
        if (kind == Kind.Production) {
            return listed(
                hex"03a0_0508_0608_0928_0b28_1420_1540_1908_1a01_1b40_1c20_1d40_2108_2201_2340"
            );
        }
        if (kind == Kind.Dispatch) return listed(hex"02a0_03a0_0708_0828_0928_0b28");
        if (kind == Kind.Receipt) return listed(hex"03a0_0601_0728_0928_0c40_0e40");
        if (kind == Kind.Correction) return listed(hex"00a0_0228_0428");
        if (kind == Kind.Observation) return listed(hex"00a0_01a0_0520_0628_0728_0928");
        if (kind == Kind.Attestation) return listed(hex"02a0_0508_0628_0728_0928");
        if (kind == Kind.Revocation) return listed(hex"00a0_0228_0428");
        if (kind == Kind.Delegation) return listed(hex"00a0_01a0_0210_0328_0428_0528");
        if (kind == Kind.KeyReplacement) return listed(hex"00a0_01a0_0220_0328");
        return listed(hex"00a0_01a0_0228_0328");
    }

    function listed(bytes memory pairs) private pure returns (uint16[2][] memory fields) {
        fields = new uint16[2][](pairs.length / 2);
        for (uint256 i; i < fields.length; ++i) {
            fields[i] = [uint16(uint8(pairs[2 * i])), uint16(uint8(pairs[2 * i + 1]))];
        }
    }

    /// @dev Even where the author signed them. A bare revert: it is Solidity's decoder that refuses.
    function test_dirty_upper_bits_of_each_word_of_each_type_revert() public {
        for (uint256 i; i < KINDS; ++i) {
            uint256 before = vm.snapshotState();
            Sample memory made = sample(Kind(i));
            uint16[2][] memory fields = narrow(Kind(i));
            for (uint256 j; j < fields.length; ++j) {
                (uint256 position, uint256 bits) = (fields[j][0], fields[j][1]);
                assertLt(wordAt(made.call, position), 2 ** bits, "the table's width");
                assertDirtyReverts(made, position, bits);
                assertDirtyReverts(made, position, 255);
            }
            assertRecorded(signedCall(made));
            vm.revertToState(before);
        }
    }

    function assertDirtyReverts(Sample memory made, uint256 position, uint256 bit) private {
        bytes memory bent = replaced(made.call, position, wordAt(made.call, position) | 2 ** bit);
        (bool done, bytes memory reason) = sentBy(made, bent);
        assertFalse(done, "dirty word recorded");
        assertEq(reason, "");
    }

    // ── Each word bent ──

    function assertBentIsHarmless(Kind kind) private {
        Sample memory made = sample(kind);
        // All but the signature's length, the last.
        for (uint256 i; i < words(made.call) - 1; ++i) {
            uint256 word = wordAt(made.call, i);
            assertTopBitRefused(made, i);
            attempt(made, i, 0);
            attempt(made, i, type(uint256).max);
            attempt(made, i, 2 ** 64 - 1);
            unchecked {
                attempt(made, i, word + 1);
                attempt(made, i, word + 32);
                attempt(made, i, word - 32);
            }
        }
    }

    /// @dev Signed as it was before: no word of the calldata can change and leave the statement recorded.
    function assertTopBitRefused(Sample memory made, uint256 position) private {
        bytes memory call = signedCall(made);
        (bool done,) = submitted(replaced(call, position, wordAt(call, position) ^ 2 ** 255));
        assertFalse(done, "changed after it was signed");
    }

    function attempt(Sample memory made, uint256 position, uint256 word) private {
        if (wordAt(made.call, position) == word) return;
        uint256 before = vm.snapshotState();
        uint256 gasBefore = gasleft();
        (bool done,) = sentBy(made, replaced(made.call, position, word));
        if (!done) assertLt(gasBefore - gasleft(), MAX_GAS, "refused cheaply");
        vm.revertToState(before);
    }

    function test_each_word_of_a_registration_bent() public {
        assertBentIsHarmless(Kind.FacilityRegistration);
    }

    function test_each_word_of_a_production_bent() public {
        assertBentIsHarmless(Kind.Production);
    }

    function test_each_word_of_a_dispatch_bent() public {
        assertBentIsHarmless(Kind.Dispatch);
    }

    function test_each_word_of_a_receipt_bent() public {
        assertBentIsHarmless(Kind.Receipt);
    }

    function test_each_word_of_a_correction_bent() public {
        assertBentIsHarmless(Kind.Correction);
    }

    function test_each_word_of_an_observation_bent() public {
        assertBentIsHarmless(Kind.Observation);
    }

    function test_each_word_of_an_attestation_bent() public {
        assertBentIsHarmless(Kind.Attestation);
    }

    function test_each_word_of_a_revocation_bent() public {
        assertBentIsHarmless(Kind.Revocation);
    }

    function test_each_word_of_a_delegation_bent() public {
        assertBentIsHarmless(Kind.Delegation);
    }

    function test_each_word_of_a_key_replacement_bent() public {
        assertBentIsHarmless(Kind.KeyReplacement);
    }

    function test_each_word_of_a_key_objection_bent() public {
        assertBentIsHarmless(Kind.KeyObjection);
    }

    function testFuzz_I13_no_bent_word_makes_an_event_that_lies(uint256 kind, uint256 position, uint256 word)
        public
    {
        Sample memory made = sample(Kind(kind % KINDS));
        position = position % (words(made.call) - 1);
        // Small words are offsets, lengths and codes that may pass.
        sentBy(made, replaced(made.call, position, word % 4 == 0 ? (word >> 2) % 1_024 : word));
    }

    // ── Calldata cut short, or longer than it says ──

    function test_each_type_cut_short_is_refused() public {
        for (uint256 i; i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            bytes memory call = signedCall(made);
            // The last 31 bytes are the signature's padding.
            for (uint256 cut = 32; cut < call.length; cut += 17) {
                (bool done,) = submitted(without(call, cut));
                assertFalse(done, "recorded though cut short");
            }
        }
    }

    function test_each_type_with_bytes_behind_it_is_recorded_as_signed() public {
        for (uint256 i; i < KINDS; ++i) {
            uint256 before = vm.snapshotState();
            Sample memory made = sample(Kind(i));
            (bool done,) = sent(bytes.concat(signedCall(made), hex"deadbeef", new bytes(64)));
            assertTrue(done);
            vm.revertToState(before);
        }
    }

    function test_each_type_without_calldata_reverts() public {
        for (uint256 i; i < KINDS; ++i) {
            Sample memory made = sample(Kind(i));
            assertRefused(without(made.call, made.call.length - 4), "");
        }
    }

    function test_padding_of_a_signature_is_emitted_as_zeros() public {
        for (uint256 i; i < KINDS; ++i) {
            uint256 before = vm.snapshotState();
            Sample memory made = sample(Kind(i));
            bytes memory call = signedCall(made);
            call[call.length - 1] = 0xff;
            (bool done,) = sent(call);
            assertTrue(done);
            vm.revertToState(before);
        }
    }
}
