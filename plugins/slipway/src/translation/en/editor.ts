export const editor = {
  editor: {
    edit: 'Edit',
    loading: 'Loading the editor',
    content: 'Edit {{path}}',
    help: 'Kept in this browser as you type (Ctrl or Cmd+S keeps at once). Esc, then Tab leaves the editor.',
    kept: 'Kept in this browser.',
    form: {
      CRLF: 'Line breaks are CRLF and stay so.',
      mixed: 'Line breaks are mixed, and each stays as it is.',
      byteOrderMark: 'The byte order mark stays.',
    },
    masked:
      '⟪masked:N⟫ stands for a secret value of this file. Leave it to keep the value, type over it to replace the value. It cannot be moved elsewhere.',
    maskedSops:
      'SOPS encrypts this file, and ⟪masked:N⟫ stands for what it wrote. Leave all of them as they are: to change a value, edit the file with sops and upload it under the same name.',
    maskedToken:
      'A secret value that nobody is shown here. Leave it to keep the value, or replace it as a whole.',
    schema: {
      required: 'required',
      values: 'Values',
      default: 'Default',
      servedBy: '{{kind}} as {{cluster}} serves it, Kubernetes {{version}}',
    },
    phrase: {
      replace: 'replace',
      replaceAll: 'replace all',
      controlCharacter: 'Control character',
      currentMatch: 'current match',
      onLine: 'on line',
      replacedOn: 'replaced match on line {{line}}',
      replacedAll: 'replaced {{matches}} matches',
      goToLine: 'Go to line',
      go: 'go',
      completions: 'Completions',
      fold: 'Fold line',
      unfold: 'Unfold line',
      folded: 'folded lines',
    },
    denied: 'To change files here you need {{permission}}.',
    readOnlyTitle: 'Not to be edited here',
    readOnly: {
      binary: 'A binary file has no text to edit. You can upload another.',
      withheld:
        'The file may hold secret values and cannot be parsed, so that its text is not shown. You can upload another.',
      link: 'Links are never followed, nor written.',
      submodule: 'A submodule names a commit of another repository.',
      large:
        'Files over 1 MiB are too large for this editor. You can upload another.',
    },
    deletedTitle: 'The file is to be deleted',
    deletedText: 'Restore it to edit it.',
    uploadedTitle: 'An uploaded file',
    uploadedText: 'It has {{bytes}} bytes and no text to edit.',
    replace: 'Replace by upload',
    actions: 'Change the file',
    rename: 'Rename or move',
    renameTitle: 'Rename or move {{path}}',
    delete: 'Delete',
    deleteTitle: 'Delete {{path}}?',
    deleteText:
      'It is deleted when you commit the draft. Until then you can restore it.',
    deleteCreated:
      'Only your draft has this file: what is in it is lost at once.',
    newFile: 'New file',
    create: 'Create',
    cancel: 'Cancel',
    uploadFiles: 'Upload',
    chooseDirectory:
      'Choose a module, a folder or a file: new files go there, and you can drop files on it.',
    goesTo: 'New files go to {{directory}}',
    uploaded_one: '{{count}} file is in your draft, in {{directory}}.',
    uploaded_other: '{{count}} files are in your draft, in {{directory}}.',
    upload: {
      tooLarge: '{{name}} has 10 MB or more, which is refused.',
      unreadable:
        '{{name}} could not be read. A folder must be uploaded file by file.',
      path: '{{name}} is no name that a file may have here.',
    },
    pathBelow: 'Path in {{directory}}',
    pathHint: 'A slash makes a folder.',
    pathResult: 'The file will be {{path}}. A slash makes a folder.',
    path: {
      empty: 'Type a file name.',
      escapes: 'No part of the path may be empty, “.” or “..”.',
      protected: '.git and .gitmodules belong to Git.',
      notPortable:
        'Some computers cannot have this name: no control characters, no \\ : * ? " < > |, no space or full stop at an end.',
      tooLong: 'A path has at most 1,000 characters, a name 255 bytes.',
      taken: 'There is a file or a folder already.',
    },
    mark: {
      created: 'created',
      modified: 'modified',
      deleted: 'deleted',
      renamed: 'renamed',
    },
    does: {
      created: 'Your draft creates this file.',
      modified: 'Your draft changes this file.',
      deleted: 'Your draft deletes this file.',
      renamed: 'Your draft moves this file here from {{from}}.',
    },
    restoreFile: 'Restore',
    discardFile: 'Discard this file',
    moved: {
      changed:
        'Someone else changed this file since you began. Review merges both: nothing is lost.',
      deleted:
        'Someone else deleted or moved this file since you began. Review lets you choose.',
      created:
        'Someone else created a file of this path since you began. Review merges both: nothing is lost.',
    },
    movedDiff: 'What someone else changed',
    draft: 'Draft of {{configRepo}}',
    files: 'Files',
    changed_one: '{{count}} file changed',
    changed_other: '{{count}} files changed',
    review: 'Review',
    discard: 'Discard',
    discardTitle: 'Discard the draft?',
    discardText_one: 'What you changed in {{count}} file is lost.',
    discardText_other: 'What you changed in {{count}} files is lost.',
    draftHelp:
      'Kept in this browser only until you commit or discard it, secret values that you type included.',
    notKept:
      'This browser keeps no more: what you edited last does not survive a reload. Commit soon, or discard something.',
  },
} as const;
