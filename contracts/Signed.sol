// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {StatementId} from "./Types.sol";
import {IParties} from "./interfaces/IParties.sol";
import {SmartAccount} from "./libraries/SmartAccount.sol";

/// @title Signed statements
/// @notice The one domain of all statements, and whether an account signed one.
abstract contract Signed is EIP712 {
    constructor() EIP712("Lodebook", "1") {}

    function _statementId(bytes32 structHash) internal view returns (StatementId) {
        return StatementId.wrap(_hashTypedDataV4(structHash));
    }

    function _requireInTime(uint40 recordBy) internal view {
        if (recordBy < block.timestamp) revert IParties.StatementExpired(recordBy, block.timestamp);
    }

    /// @dev The statement's id, if it is recorded in time and `account` itself signed it.
    function _requireSigned(address account, bytes32 structHash, uint40 recordBy, bytes calldata signature)
        internal
        view
        returns (StatementId id)
    {
        _requireInTime(recordBy);
        id = _statementId(structHash);
        // A key pair first, even where its account also has code (EIP-7702).
        address recovered = _recover(id, signature);
        bool isSigned = recovered == account && account != address(0);
        if (!isSigned && !SmartAccount.isSignedBy(account, StatementId.unwrap(id), signature)) {
            revert IParties.SignatureInvalid(account, StatementId.unwrap(id));
        }
    }

    /// @dev A witness stands in for what the ledger does not store: it is what is named, or nothing.
    function _requireWitness(StatementId expected, bytes32 structHash) internal view {
        StatementId got = _statementId(structHash);
        if (StatementId.unwrap(got) != StatementId.unwrap(expected)) revert IParties.WitnessMismatch(expected, got);
    }

    /// @dev The key pair that signed; 0 = none did.
    function _recover(StatementId id, bytes calldata signature) internal pure returns (address recovered) {
        (recovered,,) = ECDSA.tryRecoverCalldata(StatementId.unwrap(id), signature);
    }
}
