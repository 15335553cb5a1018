// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Attestation, FacilityId} from "../../contracts/Types.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {RawCalls} from "./RawCalls.sol";
import {Kind, Sample} from "./Samples.sol";

/// @notice Calldata that decodes to a good statement, and is laid out otherwise: parts that overlap or are swapped, gaps. In
/// a statement it is refused, since its words are copied; around it, and in a witness that is only hashed, it is harmless.
contract AttacksLayoutTest is RawCalls {
    function offsets(uint256 first) private pure returns (uint256[] memory list) {
        list = new uint256[](1);
        list[0] = first;
    }

    function offsets(uint256 first, uint256 second) private pure returns (uint256[] memory list) {
        list = new uint256[](2);
        (list[0], list[1]) = (first, second);
    }

    function offsets(uint256 first, uint256 second, uint256 third) private pure returns (uint256[] memory list) {
        list = new uint256[](3);
        (list[0], list[1], list[2]) = (first, second, third);
    }

    function notCanonical() private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParties.EncodingNotCanonical.selector);
    }

    function refuseLayout(Sample memory made, bytes memory call) private {
        (bool done, bytes memory reason) = sentBy(made, call);
        assertFalse(done);
        assertEq(reason, notCanonical());
        assertRecorded(signedCall(made));
    }

    function assertHarmless(Sample memory made, bytes memory call) private {
        (bool done,) = sent(withSignature(call, signed(made.author, made.id)));
        assertTrue(done);
    }

    // ── Gaps inside a statement ──

    function test_gap_before_the_lots_of_a_dispatch_refused_EncodingNotCanonical() public {
        Sample memory made = sample(Kind.Dispatch);
        assertEq(wordAt(made.call, 12), 2, "lots");
        refuseLayout(made, inserted(made.call, 12, 0, offsets(1, 4)));
    }

    function test_gap_before_the_lots_of_a_receipt_refused_EncodingNotCanonical() public {
        Sample memory made = sample(Kind.Receipt);
        assertEq(wordAt(made.call, 10), 2, "lots");
        refuseLayout(made, inserted(made.call, 10, 0, offsets(1, 2, 5)));
    }

    function test_gap_before_the_scheme_of_an_attestation_refused_EncodingNotCanonical() public {
        Sample memory made = sample(Kind.Attestation);
        assertEq(wordAt(made.call, 10), 4, "scheme");
        refuseLayout(made, inserted(made.call, 10, 0, offsets(1, 4)));
    }

    function test_gap_before_the_inputs_of_a_production_refused_EncodingNotCanonical() public {
        Sample memory made = sample(Kind.Production);
        assertEq(wordAt(made.call, 12), 2, "inputs");
        bytes memory call = inserted(made.call, 12, 0, offsets(1, 2, 7));
        setWord(call, 8, wordAt(call, 8) + 32);
        refuseLayout(made, call);
    }

    function test_gap_before_the_outputs_of_a_production_refused_EncodingNotCanonical() public {
        Sample memory made = sample(Kind.Production);
        assertEq(wordAt(made.call, 17), 2, "outputs");
        refuseLayout(made, inserted(made.call, 17, 0, offsets(1, 2, 8)));
    }

    function test_gap_before_an_output_refused_EncodingNotCanonical() public {
        Sample memory made = sample(Kind.Production);
        bytes memory call = inserted(made.call, 20, 0, offsets(1, 2, 18));
        setWord(call, 19, wordAt(call, 19) + 32);
        refuseLayout(made, call);
    }

    function test_gap_before_the_content_of_an_output_refused_EncodingNotCanonical() public {
        Sample memory made = sample(Kind.Production);
        assertEq(wordAt(made.call, 24), 1, "content");
        bytes memory call = inserted(made.call, 24, 0, offsets(1, 2, 22));
        setWord(call, 19, wordAt(call, 19) + 32);
        refuseLayout(made, call);
    }

    function test_gap_in_a_corrected_production_refused_EncodingNotCanonical() public {
        Sample memory made = sample(Kind.Correction);
        uint256 production = wordAt(made.call, 5) / 32;
        bytes memory call = inserted(made.call, production + 9, 0, offsets(6, 7, production + 4));
        setWord(call, production + 5, wordAt(call, production + 5) + 32);
        refuseLayout(made, call);
    }

    // ── Swapped, shared ──

    function test_outputs_swapped_by_their_offsets_refused_EncodingNotCanonical() public {
        Sample memory made = sample(Kind.Production);
        bytes memory call = replaced(made.call, 18, wordAt(made.call, 19));
        refuseLayout(made, replaced(call, 19, wordAt(made.call, 18)));
    }

    function test_two_outputs_in_the_same_place_refused_EncodingNotCanonical() public {
        Sample memory made = sample(Kind.Production);
        refuseLayout(made, replaced(made.call, 19, wordAt(made.call, 18)));
    }

    /// @dev Read from elsewhere, with its content where it should be: what is hashed would not be what is emitted.
    function test_output_apart_from_its_content_refused_EncodingNotCanonical() public {
        Sample memory made = sample(Kind.Production);
        uint256 end = words(made.call);
        assertEq(wordAt(made.call, 32), 1, "content of the second output");
        unchecked {
            uint256 back = (32 - end) * 32;
            bytes memory apart = abi.encode(wordAt(made.call, 28), wordAt(made.call, 29), back, wordAt(made.call, 31));
            refuseLayout(made, bytes.concat(replaced(made.call, 19, (end - 18) * 32), apart));
        }
    }

    function test_content_shared_by_two_outputs_refused_EncodingNotCanonical() public {
        Sample memory made = sample(Kind.Production);
        // The second output's content, read from its own start, is the first one's.
        unchecked {
            uint256 back = wordAt(made.call, 22) - (wordAt(made.call, 19) - wordAt(made.call, 18));
            (bool done,) = sentBy(made, replaced(made.call, 30, back));
            assertFalse(done);
        }
        assertRecorded(signedCall(made));
    }

    // ── Outside a statement ──

    function test_gap_between_statement_and_signature_is_harmless() public {
        Sample memory made = sample(Kind.Attestation);
        assertHarmless(made, inserted(made.call, words(made.call) - 1, 2 ** 255, offsets(1)));
    }

    function test_gap_before_the_statement_is_harmless() public {
        Sample memory made = sample(Kind.Dispatch);
        assertHarmless(made, inserted(made.call, 2, 2 ** 255, offsets(0, 1)));
    }

    function test_gap_in_a_birth_is_harmless() public {
        Sample memory made = sample(Kind.Production);
        uint256 births = wordAt(made.call, 1) / 32;
        bytes memory call = inserted(made.call, births + 3, 0, offsets(2, births + 1, births + 2));
        assertHarmless(made, call);
    }

    function test_gap_in_a_presented_dispatch_is_harmless() public {
        Sample memory made = sample(Kind.Receipt);
        uint256 dispatched = wordAt(made.call, 1) / 32;
        assertHarmless(made, inserted(made.call, dispatched + 10, 0, offsets(2, dispatched + 2)));
    }

    function test_gap_in_a_presented_attestation_is_harmless() public {
        Sample memory made = sample(Kind.Revocation);
        uint256 revoked = wordAt(made.call, 5) / 32;
        assertHarmless(made, inserted(made.call, revoked + 8, 0, offsets(6, revoked + 2)));
    }

    function test_signature_before_the_statement_is_harmless() public {
        Attestation memory statement = attestation(FacilityId.unwrap(mine));
        bytes memory authority = signed(auditor, idOf(statement));
        // abi.encode of a struct starts with its offset: 32.
        bytes memory call = abi.encodePacked(
            ledger.recordAttestation.selector,
            uint256(64 + 128),
            uint256(64),
            uint256(65),
            authority,
            new bytes(31),
            abi.encode(statement)
        );
        setWord(call, 0, 64 + 128 + 32);
        (bool done,) = sent(call);
        assertTrue(done);
    }

    // ── What lies behind a name ──

    function test_dirty_padding_of_a_scheme_refused_EncodingNotCanonical() public {
        Sample memory made = sample(Kind.Attestation);
        bytes memory call = replaced(made.call, 11, wordAt(made.call, 11) | 1);
        refuseLayout(made, call);
    }
}
