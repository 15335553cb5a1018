// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Attestation,
    Correction,
    Delegation,
    Dispatch,
    FacilityRegistration,
    KeyObjection,
    KeyReplacement,
    LotId,
    Observation,
    Output,
    Production,
    Receipt,
    Revocation,
    StatementId
} from "../../contracts/Types.sol";
import {Apportion} from "./Apportion.sol";
import {Hasher} from "./Hasher.sol";
import {Test} from "./Test.sol";

/// @notice The vectors that the TypeScript twin wrote: both sides give the same digests, lot ids and apportionments.
contract VectorsTest is Test {
    Hasher private hasher;

    function setUp() public {
        hasher = new Hasher();
    }

    function test_statements() public {
        string memory json = vm.readFile("test/vectors/statements.json");
        Hasher deployed = Hasher(vm.parseJsonAddress(json, ".domain.verifyingContract"));
        vm.etch(address(deployed), address(hasher).code);
        vm.chainId(vm.parseJsonUint(json, ".domain.chainId"));
        uint256 i;
        for (; vm.keyExistsJson(json, entry(".statements", i)); ++i) {
            string memory path = entry(".statements", i);
            string memory kind = vm.parseJsonString(json, string.concat(path, ".type"));
            bytes32 got = structHash(kind, vm.parseJsonBytes(json, string.concat(path, ".abiEncoded")));
            assertEq(got, vm.parseJsonBytes32(json, string.concat(path, ".structHash")), path);
            bytes32 id = vm.parseJsonBytes32(json, string.concat(path, ".id"));
            assertEq(StatementId.unwrap(deployed.id(got)), id, path);
        }
        assertGe(i, 6);
    }

    function test_lots() public view {
        string memory json = vm.readFile("test/vectors/lots.json");
        uint256 i;
        for (; vm.keyExistsJson(json, entry("", i)); ++i) {
            string memory path = entry("", i);
            StatementId id = StatementId.wrap(vm.parseJsonBytes32(json, string.concat(path, ".production")));
            Output memory output = abi.decode(vm.parseJsonBytes(json, string.concat(path, ".output")), (Output));
            LotId got = hasher.lotId(id, vm.parseJsonUint(json, string.concat(path, ".index")), output);
            assertEq(LotId.unwrap(got), vm.parseJsonBytes32(json, string.concat(path, ".lot")), path);
        }
        assertGe(i, 1);
    }

    function test_apportionments() public view {
        string memory json = vm.readFile("test/vectors/apportionment.json");
        uint256 i;
        for (; vm.keyExistsJson(json, entry("", i)); ++i) {
            string memory path = entry("", i);
            uint256[] memory got = Apportion.apportion(
                vm.parseJsonUint(json, string.concat(path, ".content")),
                vm.parseJsonUintArray(json, string.concat(path, ".shares")),
                vm.parseJsonUint(json, string.concat(path, ".total"))
            );
            assertEq(got, vm.parseJsonUintArray(json, string.concat(path, ".expected")));
        }
        assertGe(i, 1);
    }

    function structHash(string memory kind, bytes memory encoded) private view returns (bytes32) {
        bytes32 name = keccak256(bytes(kind));
        if (name == keccak256("FacilityRegistration")) {
            return hasher.hash(abi.decode(encoded, (FacilityRegistration)));
        }
        if (name == keccak256("Production")) return hasher.hash(abi.decode(encoded, (Production)));
        if (name == keccak256("Dispatch")) return hasher.hash(abi.decode(encoded, (Dispatch)));
        if (name == keccak256("Receipt")) return hasher.hash(abi.decode(encoded, (Receipt)));
        if (name == keccak256("Correction")) return hasher.hashCorrection(abi.decode(encoded, (Correction)));
        if (name == keccak256("Observation")) return hasher.hash(abi.decode(encoded, (Observation)));
        if (name == keccak256("Delegation")) return hasher.hash(abi.decode(encoded, (Delegation)));
        if (name == keccak256("KeyReplacement")) return hasher.hash(abi.decode(encoded, (KeyReplacement)));
        if (name == keccak256("KeyObjection")) return hasher.hash(abi.decode(encoded, (KeyObjection)));
        if (name == keccak256("Attestation")) return hasher.hash(abi.decode(encoded, (Attestation)));
        if (name == keccak256("Revocation")) return hasher.hash(abi.decode(encoded, (Revocation)));
        revert(string.concat("no such statement: ", kind));
    }

    function entry(string memory list, uint256 i) private pure returns (string memory) {
        return string.concat(list, "[", vm.toString(i), "]");
    }
}
