// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {
    Attestation,
    Content,
    Correction,
    Delegation,
    Dispatch,
    FacilityRegistration,
    KeyObjection,
    KeyReplacement,
    LotHead,
    LotId,
    Observation,
    Output,
    Production,
    Receipt,
    Received,
    Revocation,
    StatementId
} from "../Types.sol";
import {Calldata, Sizes} from "./Calldata.sol";
import {Words} from "./Words.sol";

/// @title What is signed
/// @notice The EIP-712 struct hash of each statement, and the id of a lot. The twin in src/protocol is pinned to
/// these by shared vectors.
library Statements {
    bytes32 private constant CONTENT = keccak256("Content(uint8 material,bool recycled,uint64 milligrams)");
    bytes32 private constant LOT_HEAD = keccak256("LotHead(bytes32 lot,bytes32 head)");
    bytes32 private constant RECEIVED = keccak256("Received(bytes32 lot,uint64 milligrams)");
    bytes32 private constant OUTPUT = keccak256(
        "Output(uint32 commodity,uint64 milligrams,Content[] content,bytes32 evidence)"
        "Content(uint8 material,bool recycled,uint64 milligrams)"
    );
    bytes32 private constant FACILITY_REGISTRATION = keccak256(
        "FacilityRegistration(address operator,uint8 kind,uint16 country,bytes32 evidence,uint40 recordBy)"
    );
    bytes32 private constant PRODUCTION = keccak256(
        "Production(address custodian,bytes32 facility,uint8 process,uint8 custodyModel,LotHead[] inputs,"
        "Output[] outputs,uint40 occurredAt,bytes32 evidence,uint40 recordBy)"
        "Content(uint8 material,bool recycled,uint64 milligrams)"
        "LotHead(bytes32 lot,bytes32 head)"
        "Output(uint32 commodity,uint64 milligrams,Content[] content,bytes32 evidence)"
    );
    bytes32 private constant DISPATCH = keccak256(
        "Dispatch(address consignor,address consignee,LotHead[] lots,bytes32 from,bytes32 to,uint8 mode,"
        "uint40 recallFrom,uint40 occurredAt,bytes32 evidence,uint40 recordBy)"
        "LotHead(bytes32 lot,bytes32 head)"
    );
    bytes32 private constant RECEIPT = keccak256(
        "Receipt(address party,bytes32 dispatch,Received[] lots,bool accepted,uint40 occurredAt,bytes32 evidence,"
        "uint40 recordBy)"
        "Received(bytes32 lot,uint64 milligrams)"
    );
    bytes32 private constant CORRECTION = keccak256(
        "Correction(address author,bytes32 production,uint40 occurredAt,bytes32 evidence,uint40 recordBy)"
    );
    bytes32 private constant OBSERVATION = keccak256(
        "Observation(address observer,address device,bytes32 subject,bytes32 previous,bytes32 root,uint32 count,"
        "uint40 from,uint40 until,bytes32 evidence,uint40 recordBy)"
    );
    bytes32 private constant ATTESTATION = keccak256(
        "Attestation(address auditor,bytes32 subject,string scheme,uint8 outcome,uint40 validFrom,uint40 validUntil,"
        "bytes32 evidence,uint40 recordBy)"
    );
    bytes32 private constant REVOCATION = keccak256(
        "Revocation(address author,bytes32 attestation,uint40 effectiveAt,bytes32 evidence,uint40 recordBy)"
    );
    bytes32 private constant DELEGATION = keccak256(
        "Delegation(address party,address delegate,uint16 scope,uint40 validUntil,uint40 issuedAt,uint40 recordBy)"
    );
    bytes32 private constant KEY_REPLACEMENT =
        keccak256("KeyReplacement(address party,address key,uint32 number,uint40 recordBy)");
    bytes32 private constant KEY_OBJECTION =
        keccak256("KeyObjection(address party,address key,uint40 effectiveAt,uint40 recordBy)");

    /// @notice The id of a production's output: it commits to what the lot is, and to all that went into it.
    function lotId(StatementId production, uint256 index, bytes32 outputHash) internal pure returns (LotId) {
        return LotId.wrap(Words.hash(StatementId.unwrap(production), bytes32(index), outputHash));
    }

    function hash(FacilityRegistration calldata statement) internal pure returns (bytes32) {
        return Words.hash(FACILITY_REGISTRATION, Calldata.startOf(statement), Sizes.FACILITY_REGISTRATION);
    }

    /// @param outputHashes Those of the statement's outputs: the ids of the lots need them too.
    function hash(Production calldata statement, bytes32[] memory outputHashes) internal pure returns (bytes32) {
        bytes32 inputs = _hash(statement.inputs);
        bytes32 outputs = Words.hashArray(outputHashes);
        return Words.hash(PRODUCTION, Calldata.startOf(statement), Sizes.PRODUCTION, 4, inputs, outputs);
    }

    function hash(Dispatch calldata statement) internal pure returns (bytes32) {
        return Words.hash(DISPATCH, Calldata.startOf(statement), Sizes.DISPATCH, 2, _hash(statement.lots));
    }

    function hash(Receipt calldata statement) internal pure returns (bytes32) {
        Received[] calldata lots = statement.lots;
        bytes32 received = Words.hashArray(RECEIVED, Calldata.startOf(lots), lots.length, Sizes.RECEIVED);
        return Words.hash(RECEIPT, Calldata.startOf(statement), Sizes.RECEIPT, 2, received);
    }

    function hash(Correction calldata statement) internal pure returns (bytes32) {
        return Words.hash(CORRECTION, Calldata.startOf(statement), Sizes.CORRECTION);
    }

    function hash(Observation calldata statement) internal pure returns (bytes32) {
        return Words.hash(OBSERVATION, Calldata.startOf(statement), Sizes.OBSERVATION);
    }

    function hash(Attestation calldata statement) internal pure returns (bytes32) {
        bytes32 scheme = keccak256(bytes(statement.scheme));
        return Words.hash(ATTESTATION, Calldata.startOf(statement), Sizes.ATTESTATION, 2, scheme);
    }

    function hash(Revocation calldata statement) internal pure returns (bytes32) {
        return Words.hash(REVOCATION, Calldata.startOf(statement), Sizes.REVOCATION);
    }

    function hash(Delegation calldata statement) internal pure returns (bytes32) {
        return Words.hash(DELEGATION, Calldata.startOf(statement), Sizes.DELEGATION);
    }

    function hash(KeyReplacement calldata statement) internal pure returns (bytes32) {
        return Words.hash(KEY_REPLACEMENT, Calldata.startOf(statement), Sizes.KEY_REPLACEMENT);
    }

    function hash(KeyObjection calldata statement) internal pure returns (bytes32) {
        return Words.hash(KEY_OBJECTION, Calldata.startOf(statement), Sizes.KEY_OBJECTION);
    }

    /// @notice The hashes of a production's outputs, and where the production ends in calldata: it is encoded as the
    /// standard has it.
    function hashes(Production calldata statement) internal pure returns (bytes32[] memory outputHashes, uint256 end) {
        Output[] calldata outputs = statement.outputs;
        outputHashes = new bytes32[](outputs.length);
        end = Calldata.behind(statement.inputs, Calldata.startOf(statement) + Sizes.PRODUCTION);
        end = Calldata.requireArray(Calldata.startOf(outputs), end) + outputs.length * Words.WORD;
        for (uint256 i; i < outputs.length; ++i) {
            Output calldata output = outputs[i];
            Content[] calldata content = output.content;
            Words.requireAt(end, Calldata.startOf(output));
            end = Calldata.requireArray(Calldata.startOf(content), end + Sizes.OUTPUT)
                + content.length * Sizes.CONTENT;
            outputHashes[i] = _hash(output, content);
        }
    }

    function hash(Output calldata output) internal pure returns (bytes32) {
        return _hash(output, output.content);
    }

    function _hash(Output calldata output, Content[] calldata content) private pure returns (bytes32) {
        bytes32 contents = Words.hashArray(CONTENT, Calldata.startOf(content), content.length, Sizes.CONTENT);
        return Words.hash(OUTPUT, Calldata.startOf(output), Sizes.OUTPUT, 2, contents);
    }

    function _hash(LotHead[] calldata lots) private pure returns (bytes32) {
        return Words.hashArray(LOT_HEAD, Calldata.startOf(lots), lots.length, Sizes.LOT_HEAD);
    }
}
