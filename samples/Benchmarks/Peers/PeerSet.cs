using System;
using System.Collections.Generic;
using System.IO;
using SdCompiler.Samples.Shared;

namespace SdCompiler.Samples.Benchmarks.Peers;

/// <summary>The peers of a benchmark, and why others are missing.</summary>
internal sealed class PeerSet : IDisposable
{
    private readonly List<Peer> _peers = [];
    private readonly List<string> _missing = [];

    /// <summary>The peers.</summary>
    public IReadOnlyList<Peer> Peers => _peers;

    /// <summary>Why others are missing, one sentence each.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>Makes sure that the folder of <c>--peers</c> is there.</summary>
    /// <param name="folder">The folder, or null for none.</param>
    /// <exception cref="UserErrorException">It is not.</exception>
    public static void Check(string? folder)
    {
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new UserErrorException($"{folder}: there is no such folder; give --peers the folder with onednn_lm.cpp and pytorch_lm.py.");
        }
    }

    /// <summary>Adds peers, or the reason why there are none.</summary>
    /// <param name="name">The peers' name in a sentence.</param>
    /// <param name="find">Finds or builds them.</param>
    public void Add(string name, Func<IReadOnlyList<Peer>> find)
    {
        try
        {
            _peers.AddRange(find());
        }
        catch (PeerException e)
        {
            _missing.Add($"{name} is left out: {e.Message}.");
        }
    }

    /// <summary>Says why peers are missing.</summary>
    /// <param name="sentence">One sentence.</param>
    public void Miss(string sentence) => _missing.Add(sentence);

    /// <summary>Removes what was built for them.</summary>
    public void Dispose()
    {
        foreach (Peer peer in _peers)
        {
            peer.Dispose();
        }
    }
}
