// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Attestation, FacilityId, StatementId} from "../../contracts/Types.sol";
import {IAttestations} from "../../contracts/interfaces/IAttestations.sol";
import {IParties} from "../../contracts/interfaces/IParties.sol";
import {Base} from "./Base.sol";

/// @notice A scheme's name reads alike everywhere: 1 to 64 characters of printable ASCII.
contract SchemesTest is Base {
    function accredit(string memory scheme) private {
        vm.prank(accreditor);
        ledger.accredit(auditor, scheme, 0);
    }

    function refuseScheme(string memory scheme) private {
        vm.expectRevert(abi.encodeWithSelector(IParties.SchemeMalformed.selector, scheme));
        accredit(scheme);
    }

    function named(uint256 length, bytes1 character) private pure returns (string memory) {
        bytes memory name = new bytes(length);
        for (uint256 i; i < length; ++i) name[i] = character;
        return string(name);
    }

    function test_each_printable_character_is_accepted_and_no_other() public {
        for (uint256 character; character < 256; ++character) {
            string memory scheme = named(1, bytes1(uint8(character)));
            if (character >= 0x20 && character <= 0x7e) {
                accredit(scheme);
                assertTrue(ledger.isAccredited(auditor, scheme));
            } else {
                refuseScheme(scheme);
            }
        }
    }

    function test_64_characters_are_accepted_and_65_refused() public {
        accredit(named(64, "x"));
        refuseScheme(named(65, "x"));
    }

    /// @dev In calldata and in the event a name fills whole words: what does, and what is a byte longer, comes out whole.
    function test_each_length_is_recorded_as_it_was_signed() public {
        for (uint256 length = 1; length <= 64; ++length) {
            Attestation memory statement = attestation(FacilityId.unwrap(mine));
            statement.scheme = named(length, "x");
            accredit(statement.scheme);
            StatementId id = idOf(statement);
            bytes memory authority = signed(auditor, id);
            vm.expectEmit(address(ledger));
            emit IAttestations.AttestationRecorded(id, statement, auditor, authority);
            ledger.recordAttestation(statement, authority);
        }
    }

    function test_odd_byte_refused_wherever_it_stands() public {
        for (uint256 i; i < 64; ++i) {
            bytes memory name = bytes(named(64, "x"));
            name[i] = 0x00;
            refuseScheme(string(name));
        }
    }

    function test_look_alikes_and_steering_characters_refused() public {
        refuseScheme(unicode"RМAP");
        refuseScheme(unicode"RMAP​");
        refuseScheme(string(abi.encodePacked("RMAP", hex"e280ae")));
        refuseScheme("RMAP\n");
        refuseScheme("RM\tAP");
    }

    function test_names_that_differ_by_case_or_space_are_different_schemes() public view {
        assertTrue(ledger.isAccredited(auditor, SCHEME));
        assertFalse(ledger.isAccredited(auditor, "rmap"));
        assertFalse(ledger.isAccredited(auditor, "RMAP "));
    }

    /// @dev Nobody is accredited for it, because nobody can be.
    function test_attestation_under_a_malformed_scheme_refused_AuditorNotAccredited() public {
        Attestation memory statement = attestation(FacilityId.unwrap(mine));
        statement.scheme = string(abi.encodePacked(SCHEME, bytes1(0)));
        bytes memory refusal =
            abi.encodeWithSelector(IParties.AuditorNotAccredited.selector, auditor, statement.scheme);
        refuse(statement, refusal);
    }

    function test_withdrawn_and_accredited_again() public {
        vm.startPrank(accreditor);
        ledger.withdrawAccreditation(auditor, SCHEME, 0);
        ledger.accredit(auditor, SCHEME, 0);
        vm.stopPrank();
        record(attestation(FacilityId.unwrap(mine)));
    }
}
