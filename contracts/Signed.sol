// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {StatementId} from "./Types.sol";
import {IParties} from "./interfaces/IParties.sol";

/// @title Signed statements
/// @notice The one domain of all statements, and whether an account signed one.
abstract contract Signed is EIP712 {
    constructor() EIP712("Lodebook", "1") {}

    function _statementId(bytes32 structHash) internal view returns (StatementId) {
        return StatementId.wrap(_hashTypedDataV4(structHash));
    }

    /// @dev The statement's id, if it is recorded in time and `signer` signed it for `party`.
    function _requireSigned(
        address party,
        address signer,
        bytes32 structHash,
        uint40 recordBy,
        bytes calldata signature
    ) internal view returns (StatementId id) {
        if (recordBy < block.timestamp) revert IParties.StatementExpired(recordBy, block.timestamp);
        id = _statementId(structHash);
        if (!_isSignedBy(signer, StatementId.unwrap(id), signature)) {
            revert IParties.SignatureInvalid(party, StatementId.unwrap(id));
        }
    }

    /// @dev A key pair first, even where its account also has code (EIP-7702); then a contract (ERC-1271).
    function _isSignedBy(address signer, bytes32 digest, bytes calldata signature) private view returns (bool) {
        (address recovered, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(digest, signature);
        if (failure == ECDSA.RecoverError.NoError && recovered == signer) return true;
        return SignatureChecker.isValidERC1271SignatureNowCalldata(signer, digest, signature);
    }
}
