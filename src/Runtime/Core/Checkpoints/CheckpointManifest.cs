using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text.Json;

namespace SdCompiler;

/// <summary>The files of one checkpoint version with their lengths and SHA-256: what is not listed, or differs, is not the checkpoint.</summary>
internal sealed class CheckpointManifest
{
    private const string Format = "sdcompiler-checkpoint";
    private const int FormatVersion = 1;

    private readonly Dictionary<string, (long Bytes, string Hash)> _files = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _files.Keys;

    public void Add(string name, long bytes, string hash) => _files.Add(name, (bytes, hash));

    public bool Contains(string name) => _files.ContainsKey(name);

    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("version", FormatVersion);
        json.WriteStartObject("files");
        foreach (KeyValuePair<string, (long Bytes, string Hash)> file in _files)
        {
            json.WriteStartObject(file.Key);
            json.WriteNumber("bytes", file.Value.Bytes);
            json.WriteString("sha256", file.Value.Hash);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static CheckpointManifest Read(string path)
    {
        using JsonFile json = JsonFile.Open(path);
        JsonElement root = json.Root;
        if (json.Text(root, "format") != Format)
        {
            throw json.Damaged("it is not a checkpoint's manifest");
        }

        if (json.Integer(root, "version") != FormatVersion)
        {
            throw new CheckpointException($"The checkpoint of '{path}' has format {json.Integer(root, "version")} and this program reads {FormatVersion}; use the program that wrote it.");
        }

        var manifest = new CheckpointManifest();
        foreach (JsonProperty file in json.Members(root, "files"))
        {
            if (!CheckpointNames.IsFileName(file.Name) || manifest.Contains(file.Name))
            {
                throw json.Damaged($"it lists a file '{file.Name}'");
            }

            manifest.Add(file.Name, json.Integer(file.Value, "bytes"), json.Text(file.Value, "sha256"));
        }

        return manifest;
    }

    /// <summary>Checks length and hash of every file.</summary>
    /// <exception cref="CheckpointException">A file is missing or differs.</exception>
    public void Verify(string folder)
    {
        foreach (KeyValuePair<string, (long Bytes, string Hash)> file in _files)
        {
            string path = Path.Combine(folder, file.Key);
            try
            {
                using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
                bool same = stream.Length == file.Value.Bytes
                    && string.Equals(Convert.ToHexStringLower(SHA256.HashData(stream)), file.Value.Hash, StringComparison.Ordinal);
                if (!same)
                {
                    throw new CheckpointException($"The file '{path}' is not the one that was saved (its hash differs from the manifest's); delete the folder '{folder}' to go back to an older checkpoint, or use an undamaged copy.");
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw CheckpointErrors.CannotRead(path, e);
            }
        }
    }
}
