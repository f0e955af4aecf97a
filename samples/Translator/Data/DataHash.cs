using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SdCompiler.Samples.Translator.Data;

/// <summary>Tells training texts apart, so that a run is never resumed on another one by mistake.</summary>
internal static class DataHash
{
    /// <summary>SHA-256 of the numbers of pairs, each behind its length, in lower-case hexadecimal.</summary>
    public static string Of(IEnumerable<EncodedPair> pairs)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (EncodedPair pair in pairs)
        {
            hash.AppendData(MemoryMarshal.AsBytes([pair.Source.Length, pair.Target.Length]));
            hash.AppendData(MemoryMarshal.AsBytes<int>(pair.Source));
            hash.AppendData(MemoryMarshal.AsBytes<int>(pair.Target));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
